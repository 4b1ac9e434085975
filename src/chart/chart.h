/* chart: data files for gnuplot, gnuplot's arguments, and the checks of what it drew. User text never enters a script.
 * Methodology: src/README.md, "Charts". */
#ifndef ARI_CHART_H
#define ARI_CHART_H

#include "store/store.h"

/* ---- kinds (kinds.c): one table, which the command line, the report and `all` read --------------------------------------- */

typedef enum ari_chart_kind {
  ARI_CHART_RANKING, ARI_CHART_RADAR, ARI_CHART_HEAT, ARI_CHART_DISTRIBUTION,
  ARI_CHART_WATERFALL, ARI_CHART_DUMBBELL, ARI_CHART_INTERVAL, ARI_CHART_BUMP, ARI_CHART_KINDS
} ari_chart_kind;
/* What one picture shows: those ranked together (all of them in parts when only one picture is wanted), all agencies, or one agency. */
typedef enum ari_chart_subject { ARI_CHART_OF_GROUP, ARI_CHART_OF_ALL, ARI_CHART_OF_AGENCY } ari_chart_subject;

typedef struct ari_chart ari_chart;
typedef struct ari_chart_plan ari_chart_plan;
typedef struct ari_sheet ari_sheet;

typedef struct ari_chart_type {
  const char *name;          /* "ranking": on the command line, of scripts and files */
  ari_word title;
  ari_chart_subject subject;
  ari_word needs;            /* without which there is nothing to draw */
  const char *script;        /* the text of plots/NAME.gp */
  /* Title and alt of a chart whose subject is set; *wanted = false: there is nothing to draw. False: no memory. */
  bool (*describe)(ari_chart_plan *p, ari_chart *chart, bool *wanted);
  /* The rows of its data file and the arguments of its script. False: no memory. */
  bool (*sheet)(const ari_work *work, const ari_chart *chart, ari_sheet *s);
} ari_chart_type;
const ari_chart_type *ari_chart_type_of(ari_chart_kind kind);
const char *ari_chart_name(ari_chart_kind kind);

/* One axis of a radar: an agency at a field, against the agencies of its group that have points there. */
typedef struct ari_axis {
  const ari_node *field;
  bool scored, compared;     /* false: the agency, or nobody of the group, has points and an applicable maximum here */
  int64_t points, max;
  int64_t share, percent;    /* of the applicable maximum: to 12 places for drawing, in % to one place for reading */
  int64_t median, median_percent, best, best_percent;
  uint32_t agencies;         /* behind median and best */
} ari_axis;

/* Between which ranks an agency comes to stand, in units of 10^-12 as all figures: 3.5 is a median too. */
typedef struct ari_interval { bool there; int64_t low, median, high; } ari_interval;

/* The rank of an agency in some period. there: it, or one that it replaces, is in that period's list, among those that it is ranked with now; of_several:
 * the best rank of several that it replaces. */
typedef struct ari_past_rank { int rank; bool there, tied, of_several; } ari_past_rank;
/* The ranks of two and more periods, oldest first, for the agencies of one work's list. */
typedef struct ari_history {
  const ari_period *periods;
  const ari_past_rank **ranks;         /* period, agency */
  size_t n;
  size_t gone;               /* agencies of other periods that the list does not have, nor one that replaces them */
} ari_history;

/* Puts the ranks of other works beside those of this one. ARI_INPUT: they cannot stand side by side, told. */
ari_status ari_chart_history(ari_work *work, ari_work *const *others, size_t n, ari_history *out) ARI_USE_RESULT;
/* Reads a table agency,rank,low,median,high, whose ranks must be those of the work. What is wrong with it is told: ARI_INPUT. */
ari_status ari_chart_read_intervals(ari_work *work, const char *path, const ari_interval **out) ARI_USE_RESULT;
enum { ARI_RANK_MOST = 9000000 };

/* One picture to draw. */
struct ari_chart {
  ari_chart_kind kind;
  int32_t group;             /* of a group: the block that it shows; -1: all together */
  ari_str part;              /* the title of that group or tier, and of the one that was asked for; "" when there is none */
  const uint32_t *rows;      /* of a group, of all: its agencies in ranking order, a page of them */
  size_t n_rows, first_row, all_rows;
  size_t agency;             /* of an agency */
  const ari_axis *axes;      /* radar: one for each field */
  size_t n_axes;
  const ari_node *node;      /* waterfall: whose points are taken apart */
  const ari_interval *intervals;       /* interval: by agency */
  const ari_history *history;          /* bump */
  ari_str file;              /* name inside the folder: "ranking-department.svg"; ASCII, safe in paths and addresses */
  ari_str title, alt;        /* of the picture; alt: the figures in words. Plain text with what users wrote: to be escaped */
  bool drawn;                /* result; false: a finding tells why */
};

typedef enum ari_picture_format { ARI_PICTURE_SVG, ARI_PICTURE_PNG, ARI_PICTURE_PDF, ARI_PICTURES } ari_picture_format;
const char *ari_picture_suffix(ari_picture_format format);     /* ".svg" */

/* How pictures come out. {0}: SVG for print, as large as its contents need. */
typedef struct ari_chart_look {
  ari_picture_format format;
  ari_chart_theme theme;
  int width, height;         /* pixels: just this size, with the contents as large as fit into it; 0: as the contents need */
  int percent;               /* of what the contents need; 0: 100 */
  unsigned timeout_ms;       /* of one picture; 0: ARI_CHART_TIMEOUT_MS */
  void (*progress)(void *to, size_t done, size_t n); void *to;   /* may be NULL */
} ari_chart_look;

/* Which charts are wanted of a work. */
typedef struct ari_chart_wish {
  ari_chart_kind from, until;          /* kinds: from <= kind < until */
  bool single;               /* one picture: groups become parts of it */
  int64_t agency;            /* charts of agencies: only of this one; -1: of all */
  int32_t group, tier;       /* only agencies of this group of the list, or of this tier; -1: all */
  size_t rows;               /* agencies on one picture where several pictures are wanted; 0: ARI_CHART_ROWS */
  ari_picture_format format;
  const ari_node *node;      /* whose points a waterfall takes apart; NULL: the total */
  const ari_interval *intervals;       /* by agency; NULL: no chart of them */
  const ari_history *history;          /* NULL: no chart of it */
} ari_chart_wish;

/* The charts that are wished for: of a group, one for each group that has agencies (several pages beyond so many rows; a single one
 * when ranks go across groups); of an agency, one for each that has something to draw. In `arena`. */
ari_status ari_charts_plan_wish(ari_work *work, ari_arena *arena, const ari_chart_wish *wish, ari_chart **charts, size_t *n) ARI_USE_RESULT;
/* Those of a report: every kind that has something to draw, on pages that print; ranks over two periods where the work is compared with an earlier one.
 * None when the options want no charts. */
ari_status ari_charts_plan(ari_work *work, ari_arena *arena, ari_chart **charts, size_t *n) ARI_USE_RESULT;
/* Draws them into `folder` (which exists; NULL: chart->file is the whole path), side by side. gnuplot that is absent, hangs, fails or writes nothing:
 * findings (W, and when charts are required F and ARI_MACHINE), drawn = false, no half file. The SVGs have no ids, links, styles or
 * scripts: any number of them can stand in one page, from "<svg" on. */
ari_status ari_charts_draw(ari_work *work, ari_chart *charts, size_t n, const char *folder, const ari_chart_look *look) ARI_USE_RESULT;

enum {
  ARI_CHART_ROWS = 250,      /* a picture with more rows is no picture any more */
  ARI_CHART_PAGE_ROWS = 50,  /* what stands on a printed A4 page and can be read */
  ARI_CHART_AGENCIES = 500,  /* with more of them the charts of single agencies are left out: nobody leafs through them, and each takes some 20 ms */
  ARI_CHART_TIMEOUT_MS = 20000
};

/* ---- inside this room -------------------------------------------------------------------------------------------------- */

/* What charts are made of: the nodes of level 1 with points, or only the root when the tree is a long flat list. In `arena`. */
typedef struct ari_fields { const ari_node **nodes; size_t n; } ari_fields;
bool ari_chart_fields(const ari_set *set, ari_arena *arena, ari_fields *out) ARI_USE_RESULT;

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
ari_locale ari_chart_locale(const ari_work *work);
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
/* Colours that another theme replaces (sheet.c); as they are for print. Others are the same in every theme. Text on a coloured area takes ON_PALE or
 * ON_DARK, for the area does not change. */
enum {
  ARI_INK = 0x1b1f24, ARI_MUTED = 0x57606a, ARI_STRIPE = 0xf4f6f8, ARI_GROUND = 0xffffff, ARI_VEIL = 0x50ffffff /* the ground, half clear */,
  ARI_BLUE = 0x0072b2, ARI_GREEN = 0x00805e, ARI_ORANGE = 0xc04a00, ARI_ON_PALE = 0x1b1f25, ARI_ON_DARK = 0xfefefe,
  ARI_GRID = 0xd5dae0, ARI_GREY = 0xaab3bd, ARI_PALE = 0xa6cbe3 /* a band below signs */
};
/* A colour as the sheet's theme has it. Rows made by ari_sheet_text and ari_sheet_box need no call. */
uint32_t ari_sheet_colour(const ari_sheet *s, uint32_t colour);
/* A sign with a place and a colour and no size: which one is `kind`'s matter, in the chart's script. */
void ari_sheet_mark(ari_sheet *s, const char *kind, int x, int y, uint32_t colour);
/* Notes at the foot, wrapped, below y; frees `notes`; returns the y behind. A note begins with ari_chart_next_note. */
void ari_chart_next_note(ari_buf *notes);
int ari_sheet_notes(ari_sheet *s, int y, ari_buf *notes);
/* "+0,35", "−3,25", "0,00". */
void ari_chart_put_change(ari_buf *b, int64_t change, int decimals, ari_locale how);
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
ari_claims ari_chart_claims(const ari_work *work, size_t agency);
/* From the applicable maximum of an agency to its points, step by step; the steps add up. REST: what rounding or a cap leaves between them. */
typedef enum ari_fall_kind { ARI_FALL_FIELD, ARI_FALL_OUTSIDE, ARI_FALL_REST } ari_fall_kind;
typedef struct ari_fall { const ari_node *node; ari_fall_kind kind; int64_t change; } ari_fall;
typedef struct ari_waterfall { ari_fall *at; size_t n; int64_t from, to; } ari_waterfall;
/* Where the node has points and is a sum or a mean of several; a geometric mean, say, is not made of steps. */
bool ari_chart_falls_exist(const ari_work *work, size_t agency, const ari_node *node);
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
/* The group, or with `within: tier` the tier, that an agency is ranked in; -1: ranks go across all. */
int32_t ari_chart_block(const ari_work *work, size_t agency);
ari_str ari_chart_group_name(const ari_work *work, int32_t group);
ari_str ari_chart_field_name(const ari_work *work, const ari_node *node);
/* Where rows of several groups or tiers stand in one picture: whether another one begins at this row. */
bool ari_chart_part_begins(const ari_work *work, const ari_chart *chart, size_t row);
/* "Departments · August 2026 · 15 agencies (1–8)": what stands below the title of charts that show agencies. */
void ari_chart_put_agencies(ari_buf *b, const ari_work *work, const ari_chart *chart);
/* Of things, as the language writes it: "1.736 cơ quan". */
void ari_chart_put_count(ari_buf *b, const ari_work *work, size_t n, ari_word things);
/* What "=" and "–" before an agency mean, where they occur. */
void ari_chart_put_marks(ari_buf *b, bool ties, bool unranked, ari_lang lang);
/* "August 2026"; with the state of a round that is open, for its figures may still change, and with the stage when it is not the last one. */
void ari_chart_put_period(ari_buf *b, const ari_work *work, const char *between);
/* 0xRRGGBB of the n-th field's bars; from the ninth field on they come again, so what is drawn has to tell them apart by a pattern. */
enum { ARI_FIELD_COLOURS = 8 };
uint32_t ari_chart_field_colour(size_t field);
/* "–", "4", "=4". */
void ari_chart_put_rank(ari_buf *b, const ari_standing *standing);
/* "84,5 %" in Vietnamese, "84.5%" in English. */
void ari_chart_put_percent(ari_buf *b, int64_t percent, int decimals, ari_locale how);
/* A maximum, cut with "…" behind three decimals: 10/3 is no figure to round in silence. */
void ari_chart_put_max(ari_buf *b, int64_t max, ari_locale how);
/* The tiers of some agencies, a bit each; and whether any of them has a field. */
uint32_t ari_chart_tiers(const ari_work *work, const uint32_t *agencies, size_t n);
bool ari_chart_has_field(const ari_work *work, const ari_node *field, uint32_t tiers);
/* The maximum of a field in each of these tiers: "20", "28,5 | 35"; "–" where it does not exist. */
void ari_chart_put_maxima(ari_buf *b, const ari_work *work, const ari_node *field, uint32_t tiers, ari_locale how);
/* Figures with up to four decimals are written with all of them, so that they stand in line; others in their shortest form. */
int ari_chart_decimals(int decimals);
/* The words of an agency's state: "not submitted"; "" for final. */
const char *ari_chart_state_words(ari_agency_state state, ari_lang lang);

/* What a picture must be: its size in pixels, at least so many labels (SVG), and what it says of itself. */
typedef struct ari_picture { ari_picture_format format; int width, height; size_t texts; ari_str title, alt; int64_t now; } ari_picture;
/* The SVG that gnuplot wrote, checked and mended (svg.c): whole, with its labels; bold as font-weight, fonts with substitutes,
 * title and alt as its description, no ids. False: not what was ordered. */
bool ari_svg_mend(ari_str svg, const ari_picture *want, ari_buf *out) ARI_USE_RESULT;
/* Its drawing (svg_drawing.c), from behind the head on. What all drawings say of themselves stands here, for a page with many of them says it once. */
#define ARI_SVG_CANVAS "fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\" shape-rendering=\"crispEdges\" font-size=\"13\""
#define ARI_SVG_LINE "shape-rendering=\"auto\""
void ari_svg_put_drawing(ari_buf *out, ari_str svg);
/* The same of any format (picture.c): a PNG or PDF must be whole, and the PDF says when the work was done, not when it was drawn. */
bool ari_picture_mend(ari_str bytes, const ari_picture *want, ari_buf *out) ARI_USE_RESULT;

#endif
