/* criteria: the set. A tree of nodes read from YAML, its inputs, its rules (one table of kinds), its policies, and what can be
 * checked of all that without any evidence. Methodology: ari-criteria(5). */
#ifndef ARI_CRITERIA_H
#define ARI_CRITERIA_H

#include "expr/expr.h"

typedef struct ari_node ari_node;
typedef struct ari_set ari_set;
typedef struct ari_rule ari_rule;
typedef struct ari_rule_kind ari_rule_kind;

/* ---- inputs --------------------------------------------------------------------------------------------------------- */

typedef enum ari_input_type {
  ARI_YES_NO, ARI_COUNT_INPUT, ARI_NUMBER, ARI_MONEY, ARI_PERCENT, ARI_DATE, ARI_CHOICE, ARI_SURVEY, ARI_TEXT
} ari_input_type;

typedef struct ari_option { ari_str id; ari_title title; ari_span span; } ari_option;

/* A setting that is one word or number, and where it is said. */
typedef struct ari_setting { int value; const ari_node *from; ari_span span; } ari_setting;   /* from NULL: the default */

/* Who supplies a figure: the agency itself, or others for it (ari-criteria(5), "Pending"): what is not there yet is then pending and not missing. */
typedef enum ari_origin { ARI_ORIGIN_SELF, ARI_ORIGIN_CENTRAL, ARI_ORIGIN_SURVEY } ari_origin;

/* One input is one column of the evidence table; its place in ari_set.inputs is the slot that formulas use. */
typedef struct ari_input {
  ari_str name;              /* on_time */
  ari_str column;            /* progress.on_time, total.population: as CSV files name it */
  ari_node *owner;           /* the node on which it stands; visible on it and below */
  ari_input_type type;
  ari_setting source;        /* ari_origin: its own, else its node's */
  bool list;                 /* any number of values of this type */
  int32_t of_survey;         /* an input that a survey stands with, one for each option: the survey's slot. -1: none of these */
  ari_title title, unit;
  ari_option *options; ari_str *option_ids; uint32_t n_options;  /* choice, survey: its counts are the next inputs */
  bool has_from, has_to; ari_dec from, to;    /* date: day in coef */
  ari_slot_type seen;        /* what formulas know of it */
  ari_expr *check;           /* a stated figure is recomputed by this; NULL */
  ari_num *within;           /* allowed difference; NULL: to the decimals that were written */
  ari_span span;
  bool used;                 /* some formula looks at it */
} ari_input;

/* A name for a part of formulas (`let: {r: a / b}`); visible on its node and below, evaluated in place by whatever names it. */
typedef struct ari_let { ari_str name; ari_expr *value; ari_span span; bool used; } ari_let;
typedef struct ari_expect { ari_expr *that; ari_title say; ari_span span; } ari_expect;

/* ---- settings that hold for everything below until a nearer one says otherwise ---------------------------------------- */

typedef enum ari_policy {
  ARI_POLICY_NONE,           /* not said (only `empty` has no default) */
  ARI_POLICY_ZERO, ARI_POLICY_FULL, ARI_POLICY_UNSCORED, ARI_POLICY_EXCLUDE, ARI_POLICY_SPREAD, ARI_POLICY_WITHHOLD,
  ARI_POLICY_ERROR           /* also `forbid`, the default of not_applicable */
} ari_policy;

typedef struct ari_policy_setting {
  ari_policy policy;
  const ari_node *from;      /* the node that says so; NULL: the default */
  ari_span span;
  ari_node **to; uint32_t n_to;  /* spread: the named receivers; none: all scored sibling leaves */
} ari_policy_setting;

/* How a criterion stands in a tier of agencies (ari-criteria(5), "Tiers"); further down the list is less. */
typedef enum ari_presence {
  ARI_THERE,                 /* scored by its rule */
  ARI_GRANTED,               /* `elsewhere: full`: it gives its maximum without being scored */
  ARI_NOT_THERE
} ari_presence;

/* How the criteria below come together (ari-criteria(5), "Criteria"). All but the sum combine v = P/A of each: what it got of what it can give. */
typedef enum ari_combine {
  ARI_COMBINE_SUM, ARI_COMBINE_MEAN, ARI_COMBINE_WEIGHTED, ARI_COMBINE_GEOMETRIC, ARI_COMBINE_HARMONIC, ARI_COMBINE_MIN
} ari_combine;
typedef enum ari_over_max { ARI_OVER_ERROR, ARI_OVER_CAP, ARI_OVER_ALLOW } ari_over_max;

/* Decimals at the four stated places (ari-criteria(5), "Rounding": leaf, node, total, index). */
typedef struct ari_decimals { ari_rounding mode; int8_t leaf, node, total, index; } ari_decimals;

typedef enum ari_within { ARI_WITHIN_GROUP, ARI_WITHIN_TIER, ARI_WITHIN_ALL } ari_within;   /* whom an agency is compared with */

/* ---- the tree -------------------------------------------------------------------------------------------------------- */

/* Every node of the tree, root included (id "total", level 0); a leaf has no children. */
struct ari_node {
  ari_str id;
  ari_title title;
  int32_t index;             /* in ari_set.nodes: document order, root 0 */
  int32_t leaf;              /* number among the leaves; -1: inner node */
  int level;                 /* root 0 */
  bool outside;              /* under `bonus` or `penalty` (or one of the two): not part of the root's own sum */
  ari_node *parent, *first, *next;
  uint32_t n_children;
  ari_span span;             /* of the id */
  ari_span max_span;         /* of `max: 5`, else of the id */
  ari_span min_span;         /* of the value of `min:` when it was written */
  bool max_written;
  uint8_t *presence;         /* per tier: ari_presence. Where it is not there, its maximum is 0 and nothing else of it counts */
  bool presence_lost;        /* where it exists was told as an error: its maximum is not known */
  const ari_policy_setting *granted;   /* `elsewhere: full`, here or above; NULL */
  ari_num **max;             /* per tier (ari_set.n_tiers): the most points; 0 = watched */
  int64_t *max_e12;          /* the same for printing */
  ari_combine combine;
  const ari_node *combine_from;      /* the node that says so; NULL: the default */
  ari_span combine_span;
  bool combine_lost;         /* what is written was told as an error: nothing of its weights and sums is judged */
  bool weights_relative;     /* the weights of its children need not add up to 1 */
  ari_num **weight;          /* per tier: among its siblings, as written; NULL: none */
  ari_span weight_span;      /* of `weight: 40%` when it was written */
  const ari_policy_setting *missing, *empty, *not_applicable;   /* per tier; the parent's until it says something itself */
  ari_setting cohort;        /* ari_within: whom the rules below compare with each other */
  bool cohort_used;          /* it says so, and some rule compares by it */
  ari_over_max over_max;
  ari_num *min;              /* least points; usually 0 */
  bool min_written;          /* false: 0, or what the rule itself says (`no: -0.25`, `at_least: -0.25`) */
  ari_decimals rounding;
  ari_setting rounding_leaf, rounding_node;  /* where the decimals and the mode of leaves and of inner nodes are said; value: the decimals */
  ari_setting source;        /* ari_origin of its inputs */
  ari_setting documents;     /* how many a leaf must name for its points; 0: none */
  uint32_t first_input, n_inputs;    /* its own ones in ari_set.inputs */
  bool inputs_lost;          /* an input here was told as an error and left out: formulas that name it are no error of their own */
  ari_let *let; uint32_t n_let;      /* in the order of writing; one may use those before it */
  const ari_yaml *let_later; /* while `let` is read: the entry that is being read and, behind it, those that are still to come */
  ari_expect *expect; uint32_t n_expect;
  ari_rule *rule;            /* leaves; NULL on a watched leaf without a rule (and where the rule has errors: the set is not sound then) */
};

/* A set that names no tiers has one, without an id. */
typedef struct ari_tier {
  ari_str id; ari_title title; ari_span span;
  ari_node **nodes; uint32_t n_nodes;     /* those that exist in it, in document order; nodes[0] is the root */
} ari_tier;
enum { ARI_MOST_TIERS = 16 };
/* A formula by which agencies are compared with each other, evaluated for all of them before the first rule is. */
typedef struct ari_series {
  const ari_expr *value;
  const ari_node *node;      /* where it stands first */
  ari_within cohort;
  bool deviates;             /* standard deviations are asked for */
} ari_series;

typedef struct ari_group { ari_str id; ari_title title; ari_span span; } ari_group;
/* What a grade asks for besides its figure. Its formula looks at published figures: slot 2n is points('id') of node n, 2n+1 its share('id'). */
typedef struct ari_need { ari_expr *that; ari_span span; } ari_need;
typedef struct ari_grade {                                            /* highest first */
  ari_str id; ari_title title; ari_num *from; int64_t from_e12; ari_span span;
  ari_need *needs; uint32_t n_needs;
} ari_grade;
typedef struct ari_basis { ari_title name; int32_t day; bool has_day; } ari_basis;

typedef enum ari_rank_on { ARI_ON_POINTS, ARI_ON_INDEX, ARI_ON_EXACT } ari_rank_on;
typedef enum ari_ties { ARI_COMPETITION, ARI_DENSE, ARI_SERIAL } ari_ties;
typedef struct ari_ranking {
  ari_rank_on on; ari_within within; ari_ties ties;
  ari_node **breaks; uint32_t n_breaks;   /* serial: compared in this order, then list order */
  bool absent_last;                       /* else unranked */
} ari_ranking;

struct ari_set {
  ari_arena arena;
  ari_nums nums;
  int32_t file;              /* its source */
  bool sound;                /* no error was found: only then it may be scored */
  ari_str id, version;
  ari_str *comparable; uint32_t n_comparable;   /* other versions with which it may be compared */
  ari_title title;
  ari_basis *basis; uint32_t n_basis;
  uint8_t periods;           /* ari_period_kind bits */
  ari_period valid_from, valid_until;     /* kind 0: open */
  ari_group *groups; uint32_t n_groups;   /* titles of groups; agencies may name others, then the id is the title */
  ari_tier *tiers; uint32_t n_tiers;      /* at least 1 */
  bool tiers_lost;           /* some of them were told as errors */
  ari_node *root;
  ari_node *bonus, *penalty;              /* children of the root that are not in its list; NULL: none */
  ari_node **nodes; uint32_t n_nodes;     /* document order; nodes[0] is the root */
  ari_node **leaves; uint32_t n_leaves;
  ari_input *inputs; uint32_t n_inputs;
  ari_series *series; uint32_t n_series;
  bool uses_previous;        /* some formula looks at last period */
  ari_str *ids;              /* of nodes, in the same order: for "did you mean" */
  ari_map node_ids;          /* id -> index in nodes; "total" -> 0 */
  ari_map columns;           /* "progress.on_time" -> slot */
  ari_ranking ranking;
  bool grades_on_points;
  ari_grade *grades; uint32_t n_grades;
};

/* Reads and checks the set in a loaded source. *set is NULL when it cannot be used at all (then there are errors); a set with errors may
 * come back so that evidence can still be checked against what is known. Freed with ari_set_free. */
ari_status ari_set_read(const ari_source *source, int32_t file, ari_set **set, ari_findings *fs) ARI_USE_RESULT;
/* Whether results of two sets may be compared: the same id, and the same version or one that either of them names as comparable. */
bool ari_sets_comparable(const ari_set *a, const ari_set *b);
/* The keys of criteria.yaml, for editors. */
const struct ari_field *ari_set_table(void);
void ari_set_free(ari_set *set);     /* NULL is fine */

const ari_node *ari_set_node(const ari_set *set, ari_str id);            /* NULL: no such node */
/* A maximum of 0 in every tier that it exists in: not scored. */
bool ari_node_watched(const ari_set *set, const ari_node *node);
/* The slot of an input visible on `node` under `name`; -1. Looks at the node, then upwards. */
int ari_node_input(const ari_set *set, const ari_node *node, ari_str name);
/* What `name` stands for on `node` by `let`, here or above; NULL. */
ari_let *ari_node_let(const ari_node *node, ari_str name);
/* The one whose formula `value` is; NULL. */
const ari_let *ari_node_let_of(const ari_node *node, const ari_expr *value);
/* Names and types of inputs as formulas on `node` see them. `of` of the result is *view, which the caller keeps. */
typedef struct ari_node_view { const ari_set *set; const ari_node *node; } ari_node_view;
ari_scope ari_node_scope(const ari_node_view *view);
/* Names and types of figures as the needs of grades see them: points('2'), share('2'). */
ari_scope ari_needs_scope(const ari_set *set);
/* Nearest existing id for a "did you mean"; empty: none. */
ari_str ari_set_nearest_node(const ari_set *set, ari_str id);
/* Whether the set names tiers; without them it has one tier without an id. */
bool ari_set_has_tiers(const ari_set *set);
int ari_set_tier(const ari_set *set, ari_str id);                        /* its number; -1: none */
ari_str ari_set_nearest_tier(const ari_set *set, ari_str id);            /* empty: none is near */
void ari_buf_tiers(ari_buf *b, const ari_set *set);                      /* "department, commune" */
void ari_buf_some_tiers(ari_buf *b, const ari_set *set, uint32_t tiers); /* those of a mask */
bool ari_node_exists(const ari_set *set, const ari_node *node);          /* in some tier */
bool ari_set_has_outside(const ari_set *set, uint32_t tier);             /* a bonus or a penalty */

/* ---- rules ------------------------------------------------------------------------------------------------------------ */

/* One branch or part: a band, a case, a deduction, an option's points. What is absent is NULL. */
typedef struct ari_rule_part {
  ari_str option;            /* choice: whose points; option number in `slot` */
  int slot;
  ari_expr *when;            /* case, deduction */
  ari_num *from; bool above; /* band: from >= or above > ; NULL: the last one */
  ari_str written;           /* the threshold in the author's own writing: 30% */
  ari_expr *count, *each;    /* deduction by count */
  ari_expr *points;
  ari_span span;
} ari_rule_part;

/* A rule is data: kind, operands, options, places. Which operands a kind uses stands in its table. */
struct ari_rule {
  const ari_rule_kind *kind;
  ari_span span;             /* of the value under `score:` */
  ari_expr *value;           /* the formula of the form: share, bands, points, count, yes_no, choice */
  ari_num *full_at, *full_from, *zero_below;  /* share: ratios */
  ari_expr *partial;         /* share: points at 100 % in the middle branch */
  ari_expr *each, *at_most;  /* count */
  ari_expr *start, *at_least;/* deduct */
  const ari_num *floor;      /* deduct: the leaf's minimum, the end when at_least says nothing */
  ari_expr *yes, *no;        /* yes_no */
  ari_expr *low, *high;      /* minmax, zscore: the limits; NULL: those of the cohort, or -3 and 3 */
  int series;                /* minmax, zscore, percentile: what the agencies are compared by; -1: none */
  bool compares;             /* it looks at other agencies */
  bool better_low, population;       /* low values are the better ones; zscore: standard deviation of the population */
  ari_over_max outside;      /* minmax, zscore: a value beyond the limits */
  ari_rule_part *parts; uint32_t n_parts;
};

/* What a step of a calculation did; made only when somebody asks for the arithmetic. */
typedef enum ari_step_kind {
  ARI_STEP_VALUE,            /* `expr` came to `value` */
  ARI_STEP_LET,              /* the same for a name of `let`, before the rule's own steps; i < 0: it has no value here */
  ARI_STEP_CHOSEN,           /* the part at `span` applied (option, band, case, deduction) */
  ARI_STEP_PASSED,           /* the case at `span` was looked at and did not apply */
  ARI_STEP_FACTOR,           /* value = before × something said by `word` (share of max), or × a (each, partial) */
  ARI_STEP_LIMIT,            /* `before` was cut to `value` by the option `word` (full_at, at_most, at_least, cap …) */
  ARI_STEP_COHORT,           /* the agencies compared by series i: `expr` (cohort.max(x)) came to `value`; expr NULL: the form's own series */
  ARI_STEP_PLACED,           /* value = (before - a) / (b - a); i: (b - before) / (b - a). value NULL: 0/0, here and in the next two */
  ARI_STEP_DEVIATION,        /* value = (before - a) / b: mean and standard deviation */
  ARI_STEP_BELOW,            /* value = before / a: those below out of the others; i: those above */
  ARI_STEP_ANSWERS,          /* survey: `value` answers in all */
  ARI_STEP_OPTION,           /* part i of a survey: value = before / a × b: its answers, those in all, its points */
  ARI_STEP_POINTS            /* the rule's unrounded points: value */
} ari_step_kind;
typedef struct ari_step {
  ari_step_kind kind;
  const char *word;          /* the YAML key that did it: "share", "full_at", "at_most"; static text */
  ari_span span;             /* its place in the set */
  const ari_expr *expr;      /* NULL when none */
  ari_num *value, *before;   /* owned by the trace; NULL when none */
  ari_num *a, *b;            /* likewise: what a value was compared with */
  int32_t i;                 /* value of a bool, date or choice formula */
} ari_step;
typedef struct ari_trace { ari_nums nums; ari_step *steps; size_t n, room; bool failed; } ari_trace;  /* start as {0} */
/* Adds a step; numbers are copied; trace NULL: nothing happens. */
void ari_trace_add(ari_trace *trace, ari_step_kind kind, const char *word, ari_span span, const ari_expr *expr, const ari_num *value,
                   const ari_num *before, int32_t i);
/* A step `before` × `factor`, which `expr` gave. */
void ari_trace_factor(ari_trace *trace, const char *word, const ari_expr *expr, const ari_num *before, const ari_num *factor);
/* The same for what was compared: ARI_STEP_PLACED and the two behind it. */
void ari_trace_compared(ari_trace *trace, ari_step_kind kind, const ari_rule *rule, const ari_num *value, const ari_num *before, const ari_num *a,
                        const ari_num *b);
void ari_trace_option(ari_trace *trace, const ari_rule_part *part, const ari_num *value, const ari_num *before, const ari_num *a, const ari_num *b,
                      int32_t i);
void ari_trace_free(ari_trace *trace);

/* What a rule works with and gives. */
typedef struct ari_rule_run {
  ari_eval *eval;
  const ari_inputs *inputs;
  const ari_num *max;        /* effective maximum of the leaf */
  ari_num *points;           /* result, unrounded, when outcome is ARI_VALUE and error is 0 */
  ari_trace *trace;          /* NULL unless asked */
  ari_num *scratch[4];       /* for the kind's own use */
} ari_rule_run;
enum { ARI_JUDGEMENT = -1 };  /* instead of the slot of a missing input: the points are the evaluators' to give */
typedef struct ari_rule_answer {
  ari_answer answer;         /* outcome of the formula that decided */
  ari_code error;            /* a share outside 0-1: a finding to be told at the rule's and the evidence's place; 0 (F0001) means none */
  ari_span where;            /* of the formula concerned */
  ari_arg beyond[2];         /* the share outside 0-1; a value and the limit that it passed; or two limits the wrong way round */
} ari_rule_answer;

struct ari_reader;
struct ari_rule_kind {
  const char *name;          /* the key under `score:` that tells the form */
  const struct ari_field *fields;
  /* Takes over the fields (by their place in the table); what is wrong is told. */
  void (*read)(struct ari_reader *reader, ari_node *node, ari_rule *rule, const ari_yaml *map, const ari_yaml **fields);
  /* What can be told without evidence; only called when reading found nothing wrong, for one tier after the other until something is
   * told. NULL: nothing. */
  void (*check)(struct ari_reader *reader, ari_node *node, uint32_t tier, ari_rule *rule);
  ari_rule_answer (*eval)(const ari_rule *rule, ari_rule_run *run);
  /* The least and most points in a tier as far as they are known without evidence, before `over_max` and `min`. False: out of memory. */
  bool (*range)(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, ari_range *out);
};
const ari_rule_kind *ari_rule_kind_at(size_t n);      /* the table; NULL behind the last */
ari_rule_answer ari_rule_eval(const ari_rule *rule, ari_rule_run *run);
/* Whether the rule of a leaf can come to 0 out of 0 in a tier, and the first division or mean in it that can (*where NULL: the form itself). False: out
 * of memory. */
bool ari_rule_can_be_empty(const ari_set *set, const ari_node *leaf, uint32_t tier, bool *can, const ari_expr **where) ARI_USE_RESULT;
/* Whether evaluators may give these points: of a judged leaf those that its rule lists, of others any. */
bool ari_judged_allows(const ari_rule *rule, ari_rule_run *run, const ari_num *points);
/* Calls `each` for every formula of a rule, in the order in which they are written. */
void ari_rule_formulas(const ari_rule *rule, void (*each)(void *to, const ari_expr *e), void *to);
/* Calls `each` for every series of a rule: with the call that looks at it (cohort.max(x)), or NULL where it is the form's own. */
void ari_rule_series(const ari_rule *rule, void (*each)(void *to, int series, const ari_expr *call), void *to);
/* Calls `each` for every input, or last period's value of it, without which the rule comes to nothing, whatever the others are; perhaps more than
 * once. */
void ari_rule_needs(const ari_rule *rule, void (*each)(void *to, int slot, bool of_previous), void *to);
/* The least and most points a leaf can get in a tier when its rule is evaluated: within min and max, beyond max only under `over_max: allow`. Both
 * bounds are there unless the points are allowed to be anything. False: out of memory. */
bool ari_rule_limits(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, ari_range *out) ARI_USE_RESULT;

/* Whether one of its policies is `spread`, in any tier. */
bool ari_node_spreads(const ari_set *set, const ari_node *node);
/* Words of settings for explain: "exclude", "central". */
const char *ari_policy_name(ari_policy p);
const char *ari_origin_name(ari_origin o);
/* "on_time, late, none" for a message, as far as it stays readable. */
void ari_buf_options(ari_buf *b, const ari_input *input);
const char *ari_combine_name(ari_combine c);
/* Some formula of the rule uses figures that others supply, or only evaluators can give the points. */
bool ari_rule_waits(const ari_set *set, const ari_rule *rule);

extern const ari_field ari_criterion_fields[];         /* the keys of a criterion, for editors */
extern const char *const ari_cohort_words[];
const ari_node *ari_part_of(const ari_node *node);                  /* the root, bonus or penalty: in which of them a node stands */
/* The forms of rules, for those who say one in other words: as a sentence, as a formula of a spreadsheet. */
extern const ari_rule_kind ari_rule_points, ari_rule_yes_no, ari_rule_of_choice, ari_rule_share, ari_rule_bands, ari_rule_cases,
    ari_rule_survey, ari_rule_count, ari_rule_deduct, ari_rule_judged, ari_rule_minmax, ari_rule_zscore, ari_rule_percentile;

#endif
