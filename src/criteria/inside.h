/* criteria: what its own files share and no other room sees. */
#ifndef ARI_CRITERIA_INSIDE_H
#define ARI_CRITERIA_INSIDE_H

#include "criteria.h"

/* Ids of a list (`to:`, `break:`) that can only be looked up when the whole tree is known. */
typedef struct ari_pending {
  const ari_yaml *list;
  ari_node **to;             /* as many places as the list has items */
  const ari_node *receivers_of;  /* spread: they must be leaves with points to give, and not this one alone; NULL: any node will do */
  uint32_t tiers;            /* spread: a bit for each tier that it holds in */
  struct ari_pending *next;
} ari_pending;

/* What reading a set works with. Whatever is wrong becomes a finding and reading goes on; out of memory is sticky. */
typedef struct ari_reader {
  ari_set *set;
  ari_findings *fs;
  uint32_t nodes_room, inputs_room, series_room;
  ari_pending *pending;
  uint32_t cover_work;       /* see cover.c */
  uint32_t near_searches;    /* see read.c */
  bool too_many_series;      /* told */
  bool grades_whole;         /* every grade could be read */
  bool no_memory;
} ari_reader;

/* read.c: small things that all readers of this room need. */
void *ari_reader_alloc(ari_reader *r, size_t count, size_t size);   /* arena of the set; NULL: noted */
/* Room for one more item, in the arena; NULL: noted. */
void *ari_reader_more(ari_reader *r, void *items, uint32_t n, uint32_t *room, size_t size);
ari_num *ari_reader_num(ari_reader *r);                             /* NULL: noted */
ari_str ari_reader_text(ari_reader *r, const ari_yaml *scalar);     /* a copy; "" when scalar is NULL */
/* A title's copy; what says nothing falls back to `otherwise`, which must live as long as the set. */
ari_title ari_reader_title(ari_reader *r, const ari_yaml *node, ari_str otherwise);
/* A formula on `node`, typed; it may look at other agencies: cohort.max(x). NULL: told, or absent. */
ari_expr *ari_reader_formula(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_type want);
/* A formula that looks at the agency's own inputs alone: agencies are compared when all that is checked by it has been checked. */
ari_expr *ari_reader_own_formula(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_type want);
/* A formula that stands for points: `50%` is a share of the maximum there. */
ari_expr *ari_reader_points(ari_reader *r, const ari_node *node, const ari_yaml *y);
ari_num *ari_reader_ratio(ari_reader *r, const ari_yaml *y);        /* NULL: told, or absent */
/* The number of entries of a list or map that must not be empty; 0: told, or absent. */
uint32_t ari_reader_count(ari_reader *r, const ari_yaml *list);
/* Adds a finding with its arguments, ARI_NO_ARG where it takes none. */
#define ARI_TELL(r, code, at, ...) ari_findings_add((r)->fs, code, at, &(ari_args){{__VA_ARGS__}})
/* Ids that are looked up when the tree is whole: their places and, in *n, their number. */
ari_node **ari_reader_ids(ari_reader *r, const ari_yaml *list, const ari_node *receivers_of, uint32_t tiers, uint32_t *n);
void ari_reader_look_up(ari_reader *r);
ari_span ari_entry_span(const ari_yaml *value);                     /* key and value of an entry of a map */
#define ARI_NO_ARG ((ari_arg){.kind = ARI_ARG_NONE})

/* Settings that bonus and penalty have too. */
#define ARI_SOURCE_ROW {.key = "source", .type = ARI_FIELD_WORD, .words = ari_source_words, \
  .en = "who supplies the figures: self (the agency), central (a central body), survey", \
  .vi = "ai cung cấp số liệu: self (cơ quan tự nộp), central (cơ quan chủ trì), survey (điều tra xã hội học)"}
#define ARI_DOCUMENTS_ROW {.key = "documents", .type = ARI_FIELD_INTEGER, .to = 100, \
  .en = "how many documents must prove the points; 0: none", .vi = "số tài liệu kiểm chứng phải nêu để được điểm; 0: không cần"}

/* The keys that the set and every criterion share; they stand first in both tables, so that one function reads them. */
enum {
  ARI_NODE_TITLE, ARI_NODE_MAX, ARI_NODE_MIN, ARI_NODE_OVER_MAX, ARI_NODE_COMBINE, ARI_NODE_WEIGHTS, ARI_NODE_MISSING, ARI_NODE_EMPTY,
  ARI_NODE_NOT_APPLICABLE, ARI_NODE_COHORT, ARI_NODE_ROUNDING, ARI_NODE_SOURCE, ARI_NODE_DOCUMENTS,
  ARI_NODE_INPUTS, ARI_NODE_LET, ARI_NODE_EXPECT, ARI_NODE_CRITERIA, ARI_NODE_SHARED
};
/* Their rows; `in_set`: whether the set must have them; `rounding_table`: its decimals. */
#define ARI_NODE_FIELDS(in_set, rounding_table) \
  {.key = "title", .type = ARI_FIELD_TITLE, .required = in_set, .en = "what people call it", .vi = "tên gọi"}, \
  {.key = "max", .type = ARI_FIELD_RATIO, .or_map = &ari_number_by_tier, .en = "the most points, or a map of them by tier", \
   .vi = "điểm tối đa, hoặc ghi riêng cho từng cấp"}, \
  {.key = "min", .type = ARI_FIELD_RATIO, .en = "the least points, 0 unless written", .vi = "điểm tối thiểu, là 0 nếu không ghi"}, \
  {.key = "over_max", .type = ARI_FIELD_WORD, .words = ari_over_max_words, .en = "points beyond the maximum: error, cap, allow", \
   .vi = "khi điểm vượt tối đa: error (báo lỗi), cap (cắt bớt), allow (giữ nguyên)"}, \
  {.key = "combine", .type = ARI_FIELD_WORD, .words = ari_combine_words, .en = "how the criteria below come together", \
   .vi = "cách gộp các tiêu chí bên dưới"}, \
  {.key = "weights", .type = ARI_FIELD_WORD, .words = ari_weights_words, .en = "relative: the weights below need not add up to 100 %", \
   .vi = "relative: tổng trọng số bên dưới không cần bằng 100 %"}, \
  {.key = "missing", .type = ARI_FIELD_ANY, .below = ari_missing_fields, .or_map = &ari_missing_by_tier, .en = "policy when a figure is not there", \
   .vi = "cách xử lý khi thiếu số liệu"}, \
  {.key = "empty", .type = ARI_FIELD_ANY, .below = ari_empty_fields, .or_map = &ari_empty_by_tier, .en = "policy for 0 out of 0", \
   .vi = "cách xử lý khi không phát sinh (0/0)"}, \
  {.key = "not_applicable", .type = ARI_FIELD_ANY, .below = ari_not_applicable_fields, .or_map = &ari_not_applicable_by_tier, \
   .en = "policy when an agency claims that it does not apply", \
   .vi = "cách xử lý khi cơ quan báo không áp dụng"}, \
  {.key = "cohort", .type = ARI_FIELD_WORD, .words = ari_cohort_words, .en = "with whom rules compare an agency: group (unless written), tier, all", \
   .vi = "so sánh cơ quan với: group (cùng khối, mặc định), tier (cùng cấp), all (tất cả)"}, \
  {.key = "rounding", .type = ARI_FIELD_MAP, .required = in_set, .below = rounding_table, .en = "decimals and mode of rounding", \
   .vi = "cách làm tròn"}, \
  ARI_SOURCE_ROW, \
  ARI_DOCUMENTS_ROW, \
  {.key = "inputs", .type = ARI_FIELD_MAP, .each = &ari_input_value, .en = "the figures that agencies report", \
   .vi = "các số liệu mà cơ quan báo cáo"}, \
  {.key = "let", .type = ARI_FIELD_MAP, .each = &ari_formula_value, .en = "names for parts of formulas: {rate: on_time / received}", \
   .vi = "đặt tên cho phần công thức: {ty_le: dung_han / tiep_nhan}"}, \
  {.key = "expect", .type = ARI_FIELD_LIST, .below = ari_expect_fields, \
   .en = "what must hold between the figures", \
   .vi = "quan hệ phải đúng giữa các số liệu"}, \
  {.key = "criteria", .type = ARI_FIELD_LIST, .required = in_set, .below = ari_criterion_fields, .en = "the criteria below", \
   .vi = "các tiêu chí bên dưới"}
extern const ari_field ari_missing_fields[], ari_empty_fields[], ari_not_applicable_fields[], ari_expect_fields[], ari_set_rounding_fields[],
    ari_node_rounding_fields[], ari_outside_fields[], ari_need_fields[], ari_input_value;
extern const char *const ari_over_max_words[], *const ari_combine_words[], *const ari_weights_words[], *const ari_elsewhere_words[], *const ari_source_words[];
extern const ari_field ari_number_by_tier, ari_missing_by_tier, ari_empty_by_tier, ari_not_applicable_by_tier;
extern const ari_field ari_id_value, ari_title_value, ari_formula_value;   /* shapes of items and of values under free keys */

/* tree.c */
ari_node *ari_reader_node(ari_reader *r, ari_node *parent);         /* a new last node; inherits the settings. NULL: noted */
void ari_reader_settings(ari_reader *r, ari_node *node, const ari_yaml **fields);      /* the shared keys but `criteria` */
void ari_reader_criteria(ari_reader *r, ari_node *node, const ari_yaml *list);         /* the criteria below; list NULL: told already */
/* weights.c */
void ari_reader_combine(ari_reader *r, ari_node *node, const ari_yaml **fields);
void ari_reader_weight(ari_reader *r, ari_node *node, const ari_yaml *y);
/* A maximum that is left out where maxima do not add up: the parent's. */
void ari_reader_parent_max(ari_reader *r, ari_node *node, bool leaf);
void ari_check_weights(ari_reader *r, const ari_node *node);        /* of its children, among each other */
void ari_check_signs(ari_reader *r, const ari_node *node);          /* geometric, harmonic: no child below 0 */
/* settings.c */
void ari_reader_policies(ari_reader *r, ari_node *node, const ari_yaml **fields);
void ari_reader_rounding(ari_reader *r, ari_node *node, const ari_yaml *map);
void ari_reader_evidence(ari_reader *r, ari_node *node, const ari_yaml **fields);      /* `source` and `documents` */
/* tiers.c */
void ari_reader_tiers(ari_reader *r, const ari_yaml *map);          /* those of the set; map NULL: none are named */
/* Where a node exists: what its parent leaves of it. Read before all that can be said by tier. */
typedef struct ari_presence_fields { const ari_yaml *tiers, *elsewhere, *max, *weight; } ari_presence_fields;
void ari_reader_presence(ari_reader *r, ari_node *node, const ari_presence_fields *f);
/* What a map says of each tier, in as many places as the set has tiers; NULL where nothing counts. It must speak of all tiers whose presence
 * is `needed` or better. False: told. */
bool ari_reader_by_tier(ari_reader *r, const ari_node *node, const ari_yaml *map, ari_presence needed, const ari_yaml **values);
/* A number by tier, or the same for all; y NULL: none. Where the node is not there it is 0. */
typedef ari_num *ari_read_number(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_str key);
void ari_reader_numbers(ari_reader *r, const ari_node *node, const ari_yaml *y, ari_read_number *read, ari_num **out);
/* `within: tier`, `cohort: tier`: told where the set has no tiers. */
void ari_check_tier_word(ari_reader *r, const ari_yaml *word);
/* A node without anything below it in a tier does not exist there; with a maximum of its own that is an error, and
 * the whole set exists in every tier. False: told. */
bool ari_check_presence(ari_reader *r, ari_node *node);
void ari_reader_finish_tiers(ari_reader *r);                        /* the nodes of each tier */
/* cohort.c */
void ari_reader_cohort(ari_reader *r, ari_node *node, const ari_yaml *y);
int ari_reader_series(ari_reader *r, const ari_node *node, const ari_expr *value);   /* its number, also where it is there already; -1: told, or no memory */
void ari_check_cohorts(ari_reader *r);                              /* settings by which nothing compares */
void ari_trace_cohorts(const ari_rule *rule, ari_rule_run *run);    /* a step for every cohort.max(…) of the rule's formulas */
/* rule_relative.c: whether what is compared can be 0/0 at the form itself, whatever its formulas are. False: out of memory. */
bool ari_relative_can_be_empty(const ari_set *set, const ari_node *leaf, uint32_t tier, bool *can) ARI_USE_RESULT;
enum { ARI_LEAST_POINTS = -9000000 };   /* what a figure can be */
/* outside.c: `bonus` or `penalty` (ari-criteria(5), "Bonus and penalty"). NULL: told, or out of memory. */
ari_node *ari_reader_outside(ari_reader *r, const ari_yaml *map, ari_str id);
/* needs.c: what grades ask for (ari-criteria(5), "Ranking and grades"); when the tree is whole. */
void ari_reader_needs(ari_reader *r, const ari_yaml *grades);
/* inputs.c */
void ari_reader_inputs(ari_reader *r, ari_node *node, const ari_yaml *map);
void ari_reader_expect(ari_reader *r, ari_node *node, const ari_yaml *list);
bool ari_reader_name(ari_reader *r, const ari_yaml *key);           /* a name that formulas can use; false: told */
/* let.c */
void ari_reader_let(ari_reader *r, ari_node *node, const ari_yaml *map);
void ari_check_let(ari_reader *r);                                  /* names that nothing uses */
/* Adds a step for every name that the rule's formulas use. */
void ari_trace_let(const ari_rule *rule, ari_rule_run *run);
/* rules.c */
void ari_reader_rule(ari_reader *r, ari_node *leaf, const ari_yaml *map);
/* check.c: what can be told of a tree without evidence. */
void ari_check_maxima(ari_reader *r, ari_node *node);               /* sums of the children; fills a maximum left out */
void ari_check_min(ari_reader *r, ari_node *node);                  /* not above the maximum */
void ari_check_leaf(ari_reader *r, ari_node *leaf); /* empty divisions, points beyond the maximum, a maximum that cannot be reached */
void ari_check_inputs(ari_reader *r);                               /* inputs that nothing uses */
/* Points that a part of a rule gives: a constant beyond the maximum or below a written minimum is told; a constant below 0 becomes the
 * leaf's minimum. */
void ari_check_points(ari_reader *r, ari_node *leaf, uint32_t tier, const ari_expr *points);
/* What is known of a formula on a leaf in a tier; numbers are made in `nums`. A NULL formula is nothing known. */
bool ari_leaf_range(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_expr *e, ari_range *out);
/* Widens `all` so that it holds `one`; the first call takes it over. */
void ari_range_join(ari_range *all, const ari_range *one, bool first);
/* cover.c: which cases can be the first true one, and whether one of them always is; `known` false: nothing can be said. */
typedef struct ari_cover_answer { bool known, exhaustive, *reached; } ari_cover_answer;
ari_cover_answer ari_cover(ari_reader *r, const ari_node *node, uint32_t tier, const ari_rule *rule);

/* Evaluates a formula of a rule. False: `answer` says why there is no value. */
bool ari_rule_number(ari_rule_run *run, const ari_expr *e, ari_num *result, ari_rule_answer *answer);
bool ari_rule_choice(ari_rule_run *run, const ari_expr *e, int32_t *i, ari_rule_answer *answer);  /* bool or option */

/* Tells a code of a word (%1) whose message names all forms (%2). */
void ari_reader_tell_forms(ari_reader *r, ari_code code, ari_span at, ari_str word);
/* One part an option of the input, by its number: every option has points and there are no others. */
void ari_reader_option_points(ari_reader *r, ari_node *node, ari_rule *rule, const ari_input *in, const ari_yaml *map);
/* The range of a rule that gives the points of one of its parts, or something between them. */
bool ari_rule_range_parts(ari_nums *nums, const ari_set *set, const ari_node *leaf, uint32_t tier, const ari_rule *rule, ari_range *out);


#endif
