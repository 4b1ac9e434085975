/* chart: data files for gnuplot, gnuplot's arguments, and the checks of what it drew. User text never enters a script. Methodology: DESIGN.md 8. */
#ifndef ARI_CHART_H
#define ARI_CHART_H

#include "store/store.h"

typedef enum ari_chart_kind { ARI_CHART_RANKING, ARI_CHART_RADAR, ARI_CHART_KINDS } ari_chart_kind;
const char *ari_chart_name(ari_chart_kind kind);      /* "ranking": of scripts, files and messages */

/* One picture to draw. */
typedef struct ari_chart {
  ari_chart_kind kind;
  int32_t group;             /* ranking: only this group of the agency list; -1: all, groups separated */
  size_t agency;             /* radar */
  ari_str file;              /* name inside the folder: "ranking-department.svg" */
  ari_str title, alt;        /* of the picture; alt: the figures in words */
  bool drawn;                /* result; false: a finding tells why */
} ari_chart;

/* The charts a report of this work wants: one ranking for each group that has agencies, a radar for each agency when there are at least three fields. In `arena`. */
ari_status ari_charts_plan(ari_work *work, ari_arena *arena, ari_chart **charts, size_t *n) ARI_USE_RESULT;
/* Draws them as SVG into `folder` (which exists), side by side. gnuplot that is absent, hangs, fails or writes nothing: findings (W; F and ARI_MACHINE when charts are
 * required), drawn = false, no half file. */
ari_status ari_charts_draw(ari_work *work, ari_chart *charts, size_t n, const char *folder) ARI_USE_RESULT;

#endif
