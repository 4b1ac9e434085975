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

/* ---- shared with the pages of a report, which say the same with the same words and colours --------------------------------- */

/* What charts are made of: the nodes of level 1 with points, or only the root when the tree is a long flat list. In `arena`. */
typedef struct ari_fields { const ari_node **nodes; size_t n; } ari_fields;
bool ari_chart_fields(const ari_set *set, ari_arena *arena, ari_fields *out) ARI_USE_RESULT;
ari_locale ari_chart_locale(const ari_work *work);
/* Colours that another theme replaces (sheet.c); as they are for print. Others are the same in every theme. Text on a coloured area takes ON_PALE or
 * ON_DARK, for the area does not change. */
enum {
  ARI_INK = 0x1b1f24, ARI_MUTED = 0x57606a, ARI_STRIPE = 0xf4f6f8, ARI_GROUND = 0xffffff, ARI_VEIL = 0x50ffffff /* the ground, half clear */,
  ARI_BLUE = 0x0072b2, ARI_GREEN = 0x00805e, ARI_ORANGE = 0xc04a00, ARI_ON_PALE = 0x1b1f25, ARI_ON_DARK = 0xfefefe,
  ARI_GRID = 0xd5dae0, ARI_GREY = 0xaab3bd, ARI_PALE = 0xa6cbe3 /* a band below signs */
};
/* The group, or with `within: tier` the tier, that an agency is ranked in; -1: ranks go across all. */
int32_t ari_chart_block(const ari_work *work, size_t agency);
ari_str ari_chart_group_name(const ari_work *work, int32_t group);
ari_str ari_chart_field_name(const ari_work *work, const ari_node *node);
/* "August 2026"; with the state of a round that is open, for its figures may still change, and with the stage when it is not the last one. */
void ari_chart_put_period(ari_buf *b, const ari_work *work, const char *between);
/* 0xRRGGBB of the n-th field's bars; from the ninth field on they come again, so what is drawn has to tell them apart by a pattern. */
enum { ARI_FIELD_COLOURS = 8 };
uint32_t ari_chart_field_colour(size_t field);
/* The tiers of some agencies, a bit each; and whether any of them has a field. */
uint32_t ari_chart_tiers(const ari_work *work, const uint32_t *agencies, size_t n);
bool ari_chart_has_field(const ari_work *work, const ari_node *field, uint32_t tiers);
/* Figures with up to four decimals are written with all of them, so that they stand in line; others in their shortest form. */
int ari_chart_decimals(int decimals);
/* "+0,35", "−3,25", "0,00". */
void ari_chart_put_change(ari_buf *b, int64_t change, int decimals, ari_locale how);
/* The maximum of a field in each of these tiers: "20", "28,5 | 35"; "–" where it does not exist. */
void ari_chart_put_maxima(ari_buf *b, const ari_work *work, const ari_node *field, uint32_t tiers, ari_locale how);
/* What all drawings of svg_drawing.c say of themselves: a page with many of them says it once. */
#define ARI_SVG_CANVAS "fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\" shape-rendering=\"crispEdges\" font-size=\"13\""
#define ARI_SVG_LINE "shape-rendering=\"auto\""

#endif
