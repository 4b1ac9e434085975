/* chart: what its own files share and no other room sees. */
#ifndef ARI_CHART_INSIDE_H
#define ARI_CHART_INSIDE_H

#include "chart.h"


/* What the charts of a plan have in common, for describing them (plan.c). */
struct ari_chart_plan {
  ari_work *work;
  ari_arena *arena;
  const ari_chart_wish *wish;
  ari_fields fields;
  ari_axis *axes;            /* agencies × fields; NULL: not needed yet */
  ari_chart *charts;
  size_t n, room;
};
/* What has been put together in `b`, in the plan's arena; frees b. */
bool ari_chart_keep(ari_chart_plan *p, ari_buf *b, ari_str *out) ARI_USE_RESULT;
/* Set – part – period (rows of the page), the title of charts that show agencies. */
bool ari_chart_title_agencies(ari_chart_plan *p, ari_chart *chart) ARI_USE_RESULT;
bool ari_describe_ranking(ari_chart_plan *p, ari_chart *chart, bool *wanted) ARI_USE_RESULT;
bool ari_describe_radar(ari_chart_plan *p, ari_chart *chart, bool *wanted) ARI_USE_RESULT;
bool ari_describe_heat(ari_chart_plan *p, ari_chart *chart, bool *wanted) ARI_USE_RESULT;
bool ari_describe_distribution(ari_chart_plan *p, ari_chart *chart, bool *wanted) ARI_USE_RESULT;
bool ari_describe_dumbbell(ari_chart_plan *p, ari_chart *chart, bool *wanted) ARI_USE_RESULT;
bool ari_describe_waterfall(ari_chart_plan *p, ari_chart *chart, bool *wanted) ARI_USE_RESULT;
bool ari_describe_interval(ari_chart_plan *p, ari_chart *chart, bool *wanted) ARI_USE_RESULT;
bool ari_describe_bump(ari_chart_plan *p, ari_chart *chart, bool *wanted) ARI_USE_RESULT;
/* What a chart that lists agencies says of itself: its own title before that of ari_chart_title_agencies; its agencies' figures in words, which
 * `put` appends behind the name. */
bool ari_chart_describe_rows(ari_chart_plan *p, ari_chart *chart, ari_word title, void (*put)(const ari_chart_plan *p, uint32_t agency, ari_buf *b)) ARI_USE_RESULT;

/* Text (text.c). Widths are estimates on the safe side, for nobody knows with which font the reader will see the picture. */
typedef enum ari_font { ARI_FONT_TITLE, ARI_FONT_BOLD, ARI_FONT_PLAIN, ARI_FONT_SMALL, ARI_FONTS } ari_font;   /* FONTS of style.gp */
int ari_chart_text_width(ari_str text, ari_font font);                       /* pixels */
int ari_chart_line_height(ari_font font);
/* User text as it may stand in a picture: control characters as spaces, bidi characters shown, `"` as ″; ari_chart_text also puts it into
 * NFC and never gives an empty one. */
void ari_chart_put_text(ari_buf *b, ari_str text);
bool ari_chart_text(ari_arena *arena, ari_str text, ari_str *out) ARI_USE_RESULT;
/* Lines of at most `width` pixels; breaks at spaces, inside a word only when it alone is too long. Nothing is cut. */
typedef struct ari_text_lines { ari_str *at; size_t n; } ari_text_lines;
bool ari_chart_wrap(ari_arena *arena, ari_str text, ari_font font, int width, ari_text_lines *out) ARI_USE_RESULT;

/* One chart on its way to gnuplot (sheet.c): the rows of its data file and the arguments of its script. */
enum { ARI_SHEET_ARGS = 6 };
typedef enum ari_side { ARI_SIDE_LEFT, ARI_SIDE_RIGHT, ARI_SIDE_CENTRE } ari_side;
struct ari_sheet {
  ari_arena arena;
  ari_chart_theme theme;
  ari_buf rows;
  size_t texts;              /* how many labels the picture must have in the end */
  int width, height;         /* what the contents need */
  char args[ARI_SHEET_ARGS][48];       /* what stands behind PAGE */
  bool failed;               /* out of memory: sticky */
};                           /* start as {0} */
void ari_sheet_free(ari_sheet *s);
/* y is the middle of the line. Empty text is left out. */
void ari_sheet_text(ari_sheet *s, int x, int y, ari_font font, ari_side side, uint32_t colour, ari_str text);
/* The same for lines one below the other, the first at y; returns the y behind the last. */
int ari_sheet_lines(ari_sheet *s, int x, int y, ari_font font, ari_side side, uint32_t colour, ari_text_lines lines);
/* One line that is read from below to above: x is the middle of the line, y where it begins. */
void ari_sheet_turned(ari_sheet *s, int x, int y, ari_font font, uint32_t colour, ari_str text);
/* kind "box" or "mask"; colour 0xAARRGGBB with 0xff for wholly transparent. */
void ari_sheet_box(ari_sheet *s, const char *kind, int left, int right, int upper, int lower, uint32_t colour);
/* What has been put together in `b` as text that may stand in the picture; frees b. False: no memory. */
bool ari_sheet_keep(ari_sheet *s, ari_buf *b, ari_str *out) ARI_USE_RESULT;
/* Title and what stands below it, wrapped; returns the y of the next line. */
int ari_sheet_head(ari_sheet *s, ari_str title, ari_str below);
/* The title of the group or tier of an agency above its rows, in lines of at most `width`; returns the y below. */
int ari_sheet_part(ari_sheet *s, const ari_work *work, uint32_t agency, int y, int width);
enum { ARI_MARGIN = 16 };
/* A colour as the sheet's theme has it. Rows made by ari_sheet_text and ari_sheet_box need no call. */
uint32_t ari_sheet_colour(const ari_sheet *s, uint32_t colour);
/* A sign with a place and a colour and no size: which one is `kind`'s matter, in the chart's script. */
void ari_sheet_mark(ari_sheet *s, const char *kind, int x, int y, uint32_t colour);
/* Notes at the foot, wrapped, below y; frees `notes`; returns the y behind. A note begins with ari_chart_next_note. */
void ari_chart_next_note(ari_buf *notes);
int ari_sheet_notes(ari_sheet *s, int y, ari_buf *notes);
int64_t ari_chart_add(int64_t a, int64_t b);           /* ends where numbers end */

/* An axis of figures between two pixels (scale.c). */
typedef struct ari_scale { int64_t low, high, step; int left, right; bool ranks; } ari_scale;   /* ranks: ticks at 1 and at multiples of the step */
/* Ticks around low..high; from_zero: with 0. */
void ari_scale_choose(ari_scale *scale, int64_t low, int64_t high, bool from_zero);
void ari_scale_ranks(ari_scale *scale, int64_t high);  /* 1 to high */
int ari_scale_pixel(const ari_scale *scale, int64_t v);
void ari_sheet_ticks(ari_sheet *s, const ari_scale *scale, int y, ari_locale how);
void ari_sheet_grid(ari_sheet *s, const ari_scale *scale, int upper, int lower);

/* Agencies one below the other (rows.c): the chart's rows with rank and name; a heading wherever another group begins in a chart of all. */
typedef struct ari_chart_row {
  uint32_t agency;
  const ari_standing *standing;
  ari_str rank;
  ari_text_lines name;
  bool first;                /* of its group */
  bool striped;
  int upper, lower;
} ari_chart_row;
typedef struct ari_chart_rows { const ari_work *work; const ari_chart *chart; ari_chart_row *at; size_t n; int rank_right, name_left, right; bool ties, unranked; } ari_chart_rows;
/* Texts and columns; the chart goes on at `right`. */
bool ari_chart_rows_write(const ari_work *work, const ari_chart *chart, ari_sheet *s, int name_most, ari_chart_rows *out) ARI_USE_RESULT;
/* From y downwards: stripes, headings, ranks and names; returns the y behind the last row. */
int ari_chart_rows_place(ari_sheet *s, ari_chart_rows *rows, int y);
int ari_chart_row_middle(const ari_chart_row *row);
void ari_chart_rows_grid(ari_sheet *s, const ari_chart_rows *rows, const ari_scale *scale);      /* group by group */
/* The title, and below it: set · group · period · how many, and which of them on this page; with an axis that begins above 0 that it does. scale NULL: there
 * is none. Returns the y of the next line. */
int ari_chart_rows_head(const ari_work *work, const ari_chart *chart, ari_sheet *s, ari_word title, const ari_scale *scale);
/* Rows and their grid between the ticks of an axis above and below, from y downwards; `draw` adds what is the chart's own in a row. Returns the y of the
 * ticks below. */
int ari_chart_rows_draw(ari_sheet *s, ari_chart_rows *rows, const ari_scale *scale, ari_locale how, int y, void (*draw)(void *layout, size_t row), void *layout);

/* The rows and arguments of a chart, each in the file of its name. */
bool ari_sheet_ranking(const ari_work *work, const ari_chart *chart, ari_sheet *s) ARI_USE_RESULT;
bool ari_sheet_radar(const ari_work *work, const ari_chart *chart, ari_sheet *s) ARI_USE_RESULT;
bool ari_sheet_heat(const ari_work *work, const ari_chart *chart, ari_sheet *s) ARI_USE_RESULT;
bool ari_sheet_distribution(const ari_work *work, const ari_chart *chart, ari_sheet *s) ARI_USE_RESULT;
bool ari_sheet_dumbbell(const ari_work *work, const ari_chart *chart, ari_sheet *s) ARI_USE_RESULT;
bool ari_sheet_waterfall(const ari_work *work, const ari_chart *chart, ari_sheet *s) ARI_USE_RESULT;
bool ari_sheet_interval(const ari_work *work, const ari_chart *chart, ari_sheet *s) ARI_USE_RESULT;
bool ari_sheet_bump(const ari_work *work, const ari_chart *chart, ari_sheet *s) ARI_USE_RESULT;
/* What an agency claimed and what it got for it, added up over the criteria with a claim and with points; those of `penalty` are taken off. */
typedef struct ari_claims { int64_t claimed, points; uint32_t n, without_points; } ari_claims;
bool ari_chart_is_penalty(const ari_set *set, const ari_node *node);   /* or below it: its points are taken off */
/* From the applicable maximum of an agency to its points, step by step; the steps add up. REST: what rounding or a cap leaves between them. */
typedef enum ari_fall_kind { ARI_FALL_FIELD, ARI_FALL_OUTSIDE, ARI_FALL_REST } ari_fall_kind;
typedef struct ari_fall { const ari_node *node; ari_fall_kind kind; int64_t change; } ari_fall;
typedef struct ari_waterfall { ari_fall *at; size_t n; int64_t from, to; } ari_waterfall;
bool ari_chart_falls(const ari_work *work, ari_arena *arena, size_t agency, const ari_node *node, ari_waterfall *out) ARI_USE_RESULT;
/* Ticks of an axis that holds low..high: the step is 1, 2, 2.5 or 5 times a power of ten; low and high move outwards to ticks. */
int64_t ari_chart_ticks(int64_t *low, int64_t *high);
/* The same without 0: the axis holds what is between the two, and need not begin at 0. */
int64_t ari_chart_ticks_between(int64_t *low, int64_t *high);
/* The median, the best and the agency's own part at each field; one list of axes for each agency, charts point into it (axes.c). */
bool ari_chart_axes(const ari_work *work, ari_arena *arena, const ari_fields *fields, ari_axis **axes) ARI_USE_RESULT;
/* Points in % of the applicable maximum, rounded. False: there are none, or no maximum (or no memory: the flag of ari_num_failed). */
bool ari_chart_percent(const ari_figure *figure, int decimals, int64_t *percent) ARI_USE_RESULT;
/* Names in the options' language; a group that is none has no name. */
ari_str ari_chart_agency_name(const ari_work *work, size_t agency);
/* Where rows of several groups or tiers stand in one picture: whether another one begins at this row. */
bool ari_chart_part_begins(const ari_work *work, const ari_chart *chart, size_t row);
/* "Departments · August 2026 · 15 agencies (1–8)": what stands below the title of charts that show agencies. */
void ari_chart_put_agencies(ari_buf *b, const ari_work *work, const ari_chart *chart);
/* Of things, as the language writes it: "1.736 cơ quan". */
void ari_chart_put_count(ari_buf *b, const ari_work *work, size_t n, ari_word things);
/* What "=" and "–" before an agency mean, where they occur. */
void ari_chart_put_marks(ari_buf *b, bool ties, bool unranked, ari_lang lang);
/* "–", "4", "=4". */
void ari_chart_put_rank(ari_buf *b, const ari_standing *standing);
/* "84,5 %" in Vietnamese, "84.5%" in English. */
void ari_chart_put_percent(ari_buf *b, int64_t percent, int decimals, ari_locale how);
/* A maximum, cut with "…" behind three decimals: 10/3 is no figure to round in silence. */
void ari_chart_put_max(ari_buf *b, int64_t max, ari_locale how);
/* The words of an agency's state: "not submitted"; "" for final. */
const char *ari_chart_state_words(ari_agency_state state, ari_lang lang);

/* What a picture must be: its size in pixels, at least so many labels (SVG), and what it says of itself. */
typedef struct ari_picture { ari_picture_format format; int width, height; size_t texts; ari_str title, alt; int64_t now; } ari_picture;
/* The SVG that gnuplot wrote, checked and mended (svg.c): whole, with its labels; bold as font-weight, fonts with substitutes,
 * title and alt as its description, no ids. False: not what was ordered. */
bool ari_svg_mend(ari_str svg, const ari_picture *want, ari_buf *out) ARI_USE_RESULT;
/* Its drawing (svg_drawing.c), from behind the head on. */
void ari_svg_put_drawing(ari_buf *out, ari_str svg);
/* The same of any format (picture.c): a PNG or PDF must be whole, and the PDF says when the work was done, not when it was drawn. */
bool ari_picture_mend(ari_str bytes, const ari_picture *want, ari_buf *out) ARI_USE_RESULT;

#endif
