/* score: what its own files share and no other room sees. */
#ifndef ARI_SCORE_INSIDE_H
#define ARI_SCORE_INSIDE_H

#include "score.h"

/* Why a node has more than its max. What people gave is told where it is read, and never cut. */
typedef enum ari_excess { ARI_NO_EXCESS, ARI_EXCESS_ALLOWED /* over_max: allow */, ARI_EXCESS_GIVEN } ari_excess;

/* Scores one agency after the other with the same registers; nothing is allocated for a leaf. */
typedef struct ari_scorer {
  const ari_set *set;
  const ari_evidence *evidence;
  ari_findings *fs;          /* NULL: nothing is told (a trace) */
  ari_nums nums;             /* owns all registers */
  ari_num *points, *a, *b;
  ari_num *nothing;          /* 0 */
  ari_num *total;            /* of the root, unrounded: it is rounded as total only */
  ari_num **maxima;          /* nodes: A of nodes whose A differs from M */
  bool *differs;             /* nodes: by exclude or spread, here or below */
  uint8_t *exceeds;          /* nodes: ari_excess */
  ari_num **unrounded;       /* leaves, only when some policy of the set is spread: the rule's points; else NULL */
  ari_num **extra;           /* leaves, likewise: what was spread over to the leaf */
  ari_rule_run run;
  const ari_cohorts *cohorts;/* NULL: no rule compares */
  ari_score_view view;
  ari_inputs inputs;
  size_t agency;
  uint32_t tier;
  ari_figure *row;           /* figures of the agency by node */
  ari_range *limits;         /* tiers × leaves: what a rule can give at least and most; low NULL: nobody has asked yet */
  ari_figure *kept;          /* nodes: the leaves as their rules left them, before anything was spread */
  bool spreads;              /* some leaf of this agency is spread */
  bool pends;                /* some leaf of this agency is pending */
  bool faulty;               /* an error was told about this agency */
  bool failed;               /* out of memory */
  bool complete;             /* as if nothing were missing: full points where figures are, and no documents are asked for */
  ari_leaf_trace *trace;     /* of the leaf being evaluated; NULL unless asked */
} ari_scorer;

/* scorer.c: registers. False: out of memory; free in any case. */
bool ari_scorer_start(ari_scorer *s, const ari_evidence *evidence, ari_findings *fs) ARI_USE_RESULT;
void ari_scorer_agency(ari_scorer *s, size_t agency, ari_figure *row);
void ari_scorer_free(ari_scorer *s);

/* faults.c: an error of this agency, at its evidence value and at the place in the set. `formulas` are looked through for the first
 * input that was given; without one the finding stands where the agency is first named. */
typedef struct ari_formulas { const ari_expr *at[2]; const ari_rule *rule; } ari_formulas;   /* at: looked at first; NULL: none */
void ari_fault(ari_scorer *s, ari_code code, ari_formulas formulas, ari_span rule, const ari_args *args);
void ari_fault_at(ari_scorer *s, ari_code code, ari_place place, ari_str column, ari_span rule, const ari_args *args);

/* leaf.c: state and points of one leaf before anything is spread. */
void ari_score_leaf(ari_scorer *s, const ari_node *leaf);
/* Rounds points at the leaf's place into its figure. */
void ari_settle_leaf(ari_scorer *s, const ari_node *leaf, const ari_num *points);
const ari_policy_setting *ari_policy_of(const ari_node *leaf, uint32_t tier, ari_leaf_state state);   /* NULL: no policy speaks of this state */

/* given.c: a leaf whose points people gave: claimed, or ruled. False: the rule decides. */
bool ari_score_given(ari_scorer *s, const ari_node *leaf);
bool ari_has_given_inputs(const ari_scorer *s, const ari_node *leaf);   /* evaluators put other figures in */
/* There is something to score at the present stage: evidence or a ruling; a claim where claims count. */
bool ari_is_present(const ari_evidence *evidence, size_t agency);

/* combine.c: from the leaves, which are scored, on: what is spread, the nodes above them, up to the root, whose unrounded points are
 * s->total. */
void ari_score_nodes(ari_scorer *s);
/* What the leaves that are spread give to others, into s->extra: from the figures of s->row. */
void ari_spread(ari_scorer *s);

/* cohort.c: the agency that a leaf compares with nobody, though the list names others; -1: none. */
int64_t ari_cohorts_alone(const ari_cohorts *c, const ari_node *leaf);

/* score.c: all of one agency, checks first. *out must be blank (grade -1); its range is not yet looked for. */
void ari_score_figures(ari_scorer *s, ari_standing *out);

/* range.c: between what a provisional total can still end, into *out; `other` is scratch for the figures. Right after ari_score_figures. */
void ari_score_range(ari_scorer *s, ari_figure *other, ari_standing *out);
/* The least and the most that a pending leaf can come to: what its rule can give, and no points without the documents it asks for. Right after
 * the leaf was scored. False: out of memory, noted. */
bool ari_scorer_limits(ari_scorer *s, const ari_node *leaf, const ari_num **least, const ari_num **most);

/* total.c: rounds the total, makes the index, counts the states. */
void ari_score_total(ari_scorer *s, ari_standing *out);

/* advise.c: what would raise the total of one agency, found by changing its evidence and scoring again. */
typedef struct ari_adviser {
  ari_scorer scorer;
  ari_cohorts *cohorts;      /* the result's: they follow the change being tried */
  size_t agency;
  const ari_standing *before;
  const ari_figure *figures; /* as published, by node */
  ari_figure *row;           /* of the change being tried */
  ari_findings told;
} ari_adviser;
/* Of a changed input: the value and what it brings; `steps` up or down where the input is a figure. */
typedef struct ari_change { bool found; ari_dec to; int64_t steps, gain, index_gain; } ari_change;
typedef struct ari_advice { ari_change next, full; } ari_advice;   /* full: what makes the leaf full */
bool ari_adviser_start(ari_adviser *a, const ari_evidence *evidence, const ari_result *result, size_t agency) ARI_USE_RESULT;
void ari_adviser_free(ari_adviser *a);                 /* in any case */
/* The agency with the evidence and policies as they are now. False: its evidence would have an error. */
bool ari_adviser_score(ari_adviser *a, ari_standing *out);
/* The smallest changes of one input, which is `cell`, that gain points at a leaf. The cell is as it was afterwards. */
void ari_advise(ari_adviser *a, ari_cell *cell, const ari_node *leaf, const ari_input *input, ari_advice *out);

/* expect.c: what the author expects of the evidence, and stated figures. */
void ari_check_agency(ari_scorer *s);
/* An expectation on the leaf or above it that was told as not met looks at all the inputs of `value` too. */
bool ari_expectation_failed(ari_scorer *s, const ari_node *leaf, const ari_expr *value);

/* coverage.c: leaves for which nobody has figures of their own. */
bool ari_warn_uncovered(const ari_evidence *evidence, const ari_result *result, ari_findings *fs) ARI_USE_RESULT;

/* grade.c: the first grade from above whose figure is reached and whose needs hold, for all. False: out of memory. */
bool ari_grade_all(ari_result *result, const ari_set *set) ARI_USE_RESULT;

/* rank.c: ranks and the order of rows. False: out of memory. */
bool ari_rank(ari_result *result, const ari_evidence *evidence) ARI_USE_RESULT;

/* find.c: what a command names, as files. A SET argument: a folder, a file or a name; `list` is "" when there is none. False: told. */
typedef struct ari_set_paths { ari_str criteria, list; } ari_set_paths;
bool ari_find_set(ari_work *work, const char *name, ari_set_paths *out);
/* Whether a folder holds a criteria set. */
bool ari_is_set_folder(ari_work *work, const char *path);

/* files.c: from sources that are loaded and registered. */
ari_status ari_work_load_files(ari_work *work, const int32_t *files, size_t n);
ari_status ari_work_load(ari_work *work, size_t from, size_t n);   /* sources from..from+n-1 */
void ari_work_read_criteria(ari_work *work);           /* the set and the agency list among work->files */

/* assess.c: the only agency with evidence or, where there is none, the only one that evidence names; -1: none or several. */
int64_t ari_only_agency(const ari_evidence *ev);

/* compare.c */
void ari_comparison_free(struct ari_comparison *comparison);   /* NULL is fine */
/* rows.c: of one agency by its number; texts of a node. */
ari_status ari_ranking_of(const ari_work *work, size_t agency, ari_ranking_row *out);
const char *ari_agency_id_text(const ari_work *work, size_t agency);
const char *ari_node_id_text(const ari_work *work, const ari_node *node);
const char *ari_node_title_text(const ari_work *work, const ari_node *node);

/* documents.c: the documents of one agency, in the order of its criteria, and behind them the files beside them that nobody names; in the work's arena. False: out
 * of memory, noted. A folder that cannot be read is a finding. */
bool ari_documents_list(ari_work *work, size_t agency, ari_document_row **rows, size_t *n);

/* names.c */
bool ari_names_make(ari_work *work) ARI_USE_RESULT;

/* document_list.c: why a document is not there (ari_known_document.what), in words. */
const char *ari_below_words(uint8_t what, ari_lang lang);

#endif
