/* score: points, policies, combination, rounding, ranks, grades; the trace of one leaf; and the computation as a whole (ari_work).
 * Methodology: DESIGN.md 3 "Numbers", 4 "Values", "Policies", "Ranking". No floating point. */
#ifndef ARI_SCORE_H
#define ARI_SCORE_H

#include "evidence/evidence.h"

/* The figure of one agency at one node (P, A of the methodology). */
typedef struct ari_figure {
  int64_t points;            /* rounded at its place; meaningless without has_points */
  int64_t max;               /* applicable maximum A; 0 when excluded */
  uint8_t state;             /* ari_leaf_state; ARI_NO_STATE on inner nodes */
  bool has_points;           /* false: blank */
  uint8_t policy;            /* ari_policy that was applied; NONE when scored by the rule */
  bool capped;               /* over_max: cap cut it */
} ari_figure;

typedef struct ari_standing {
  ari_agency_state state;
  bool has_points;
  int64_t points, max, index, exact;   /* exact: index before rounding, to 12 places */
  int64_t low, high;
  int rank;                  /* 0: not ranked */
  bool tied;
  int grade;                 /* index into set->grades, -1: none */
  uint32_t counts[ARI_PENDING + 1];    /* leaves by state; they add up to the leaves */
} ari_standing;

typedef struct ari_result {
  size_t n_agencies, n_nodes;
  ari_figure *figures;       /* agencies × nodes */
  ari_standing *standings;   /* agencies */
  uint32_t *order;           /* agencies in ranking order */
} ari_result;

/* Scores, ranks and grades everything. Errors that only evaluating finds (a share above 1, expect not met, a/0) are findings and mark the submission invalid. */
ari_status ari_score(ari_result **result, ari_evidence *evidence, ari_findings *fs) ARI_USE_RESULT;
void ari_result_free(ari_result *result);
const ari_figure *ari_result_figure(const ari_result *r, size_t agency, int32_t node);

/* The arithmetic of one leaf of one agency, evaluated again with a trace. */
typedef struct ari_leaf_trace {
  ari_trace steps;
  ari_figure figure;
  ari_rule_answer answer;
  ari_num *unrounded;        /* the rule's points before rounding; NULL when no rule was evaluated */
  ari_num *effective_max;    /* after spread */
  ari_policy_setting policy; /* the policy that was applied, with its place; policy NONE: none */
} ari_leaf_trace;
ari_status ari_trace_leaf(const ari_evidence *evidence, const ari_result *result, size_t agency, int32_t leaf, ari_leaf_trace *out) ARI_USE_RESULT;
void ari_leaf_trace_free(ari_leaf_trace *trace);

/* ---- the computation behind the public handle -------------------------------------------------------------------------- */

typedef struct ari_work_file { int32_t source; ari_file_kind kind; } ari_work_file;

struct ari_work {
  ari_options options;       /* texts copied into arena */
  ari_arena arena;
  ari_sources sources;
  ari_findings findings;
  size_t told;               /* findings already written */
  ari_set *set;
  ari_agencies agencies;
  ari_evidence *evidence;
  ari_result *result;
  ari_work_file *files; size_t n_files, files_room;   /* what the round accepted, in order */
  ari_period period;
};
/* Registers a loaded source as part of the round. */
/* the handle of ari.h */
bool ari_work_file_add(ari_work *work, int32_t source, ari_file_kind kind) ARI_USE_RESULT;
/* Reads set, agencies and evidence from sources that are loaded already (from paths or from a database): one path for both. */
ari_status ari_work_read_sources(ari_work *work) ARI_USE_RESULT;
/* ARI_OK, or what the findings come to (ARI_INPUT, ARI_MACHINE, ARI_NOMEM). */
ari_status ari_work_status(const ari_work *work);
ari_str ari_title_of(const ari_work *work, ari_title title);       /* in the options' language */

#endif
