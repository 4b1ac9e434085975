/* chart: data files for gnuplot, gnuplot's arguments, and the checks of what it drew. User text never enters a script.
 * Methodology: src/README.md, "Charts". */
#ifndef ARI_CHART_H
#define ARI_CHART_H

#include "store/store.h"

typedef enum ari_chart_kind { ARI_CHART_RANKING, ARI_CHART_RADAR, ARI_CHART_KINDS } ari_chart_kind;
const char *ari_chart_name(ari_chart_kind kind);      /* "ranking": of scripts, files and messages */

/* One axis of a radar: an agency at a field, against the agencies of its group that have points there. */
typedef struct ari_axis {
  const ari_node *field;
  bool scored, compared;     /* false: the agency, or nobody of the group, has points and an applicable maximum here */
  int64_t points, max;
  int64_t share, percent;    /* of the applicable maximum: to 12 places for drawing, in % to one place for reading */
  int64_t median, median_percent, best, best_percent;
  uint32_t agencies;         /* behind median and best */
} ari_axis;

/* One picture to draw. */
typedef struct ari_chart {
  ari_chart_kind kind;
  int32_t group;             /* ranking: only this group of the agency list; -1: all together */
  const uint32_t *rows;      /* ranking: its agencies in ranking order, a page of the group's */
  size_t n_rows, first_row, all_rows;
  size_t agency;             /* radar */
  const ari_axis *axes;      /* radar: one for each field */
  size_t n_axes;
  ari_str file;              /* name inside the folder: "ranking-department.svg"; ASCII, safe in paths and addresses */
  ari_str title, alt;        /* of the picture; alt: the figures in words. Plain text with what users wrote: to be escaped */
  bool drawn;                /* result; false: a finding tells why */
} ari_chart;

/* The charts a report of this work wants: one ranking for each group that has agencies (several pages beyond ARI_CHART_ROWS rows; a
 * single one when ranks go across groups), a radar for each agency with points when there are at least three fields. In `arena`; none
 * when the options want no charts. */
ari_status ari_charts_plan(ari_work *work, ari_arena *arena, ari_chart **charts, size_t *n) ARI_USE_RESULT;
/* Draws them as SVG into `folder` (which exists), side by side. gnuplot that is absent, hangs, fails or writes nothing: findings (W, and
 * when charts are required F and ARI_MACHINE), drawn = false, no half file. The SVGs have no ids, links, styles or scripts: any number of
 * them can stand in one page, from "<svg" on. */
ari_status ari_charts_draw(ari_work *work, ari_chart *charts, size_t n, const char *folder) ARI_USE_RESULT;

enum {
  ARI_CHART_ROWS = 250,      /* a picture with more rows is no picture any more */
  ARI_CHART_RADARS = 500,    /* with more agencies the radars are left out: nobody leafs through them, and each takes some 20 ms */
  ARI_CHART_TIMEOUT_MS = 20000
};

/* ---- inside this room -------------------------------------------------------------------------------------------------- */

/* ari_charts_draw with another time limit for each picture: tests do not want to wait. */
ari_status ari_charts_draw_within(ari_work *work, ari_chart *charts, size_t n, const char *folder, unsigned timeout_ms) ARI_USE_RESULT;

/* What charts are made of: the nodes of level 1 with points, or only the root when the tree is a long flat list. In `arena`. */
typedef struct ari_fields { const ari_node **nodes; size_t n; } ari_fields;
bool ari_chart_fields(const ari_set *set, ari_arena *arena, ari_fields *out) ARI_USE_RESULT;

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
typedef enum ari_side { ARI_SIDE_LEFT, ARI_SIDE_RIGHT, ARI_SIDE_CENTRE } ari_side;
typedef struct ari_sheet {
  ari_arena arena;
  ari_buf rows;
  size_t texts;              /* how many labels the picture must have in the end */
  int width, height;
  char args[4][48];          /* what stands behind WIDTH and HEIGHT */
  bool failed;               /* out of memory: sticky */
} ari_sheet;                 /* start as {0} */
void ari_sheet_free(ari_sheet *s);
/* y is the middle of the line. Empty text is left out. */
void ari_sheet_text(ari_sheet *s, int x, int y, ari_font font, ari_side side, uint32_t colour, ari_str text);
/* The same for lines one below the other, the first at y; returns the y behind the last. */
int ari_sheet_lines(ari_sheet *s, int x, int y, ari_font font, ari_side side, uint32_t colour, ari_text_lines lines);
/* kind "box" or "mask"; colour 0xAARRGGBB with 0xff for wholly transparent. */
void ari_sheet_box(ari_sheet *s, const char *kind, int left, int right, int upper, int lower, uint32_t colour);
/* What has been put together in `b` as text that may stand in the picture; frees b. False: no memory. */
bool ari_sheet_keep(ari_sheet *s, ari_buf *b, ari_str *out) ARI_USE_RESULT;
/* Title and what stands below it, wrapped; returns the y of the next line. */
int ari_sheet_head(ari_sheet *s, ari_str title, ari_str below);
enum { ARI_INK = 0x1b1f24, ARI_MUTED = 0x57606a, ARI_STRIPE = 0xf4f6f8, ARI_MARGIN = 16 };

/* The rows and arguments of a chart: ranking.c, radar.c. */
bool ari_sheet_ranking(const ari_work *work, const ari_chart *chart, ari_sheet *s) ARI_USE_RESULT;
bool ari_sheet_radar(const ari_work *work, const ari_chart *chart, ari_sheet *s) ARI_USE_RESULT;
/* Ticks of an axis that holds low..high: the step is 1, 2, 2.5 or 5 times a power of ten; low and high move outwards to ticks. */
int64_t ari_chart_ticks(int64_t *low, int64_t *high);
/* The median, the best and the agency's own part at each field; one list of axes for each agency, charts point into it (axes.c). */
bool ari_chart_axes(const ari_work *work, ari_arena *arena, const ari_fields *fields, ari_axis **axes) ARI_USE_RESULT;
/* Names in the options' language; a group that is none has no name. */
ari_str ari_chart_agency_name(const ari_work *work, size_t agency);
/* The group, or with `within: tier` the tier, that an agency is ranked in; -1: ranks go across all. */
int32_t ari_chart_block(const ari_work *work, size_t agency);
ari_str ari_chart_group_name(const ari_work *work, int32_t group);
ari_str ari_chart_field_name(const ari_work *work, const ari_node *node);
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

/* The SVG that gnuplot wrote, checked and mended (svg.c): whole, with at least `texts` labels; bold as font-weight, fonts with substitutes,
 * title and alt as its description, no ids. False: not what was ordered. */
bool ari_svg_mend(ari_str svg, size_t texts, ari_str title, ari_str alt, ari_buf *out) ARI_USE_RESULT;

#endif
