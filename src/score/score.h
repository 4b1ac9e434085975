/* score: points, policies, combination, rounding, ranks, grades; the trace of one leaf; and the computation as a whole (ari_work).
 * Methodology: ari-criteria(5): numbers, values, policies, ranking. No floating point. */
#ifndef ARI_SCORE_H
#define ARI_SCORE_H

#include "evidence/evidence.h"

/* The agencies that one series compares with each other, as far as they have a value. */
typedef struct ari_cohort {
  size_t n;
  size_t members;            /* in the list, with or without a value */
  const ari_num **sorted;    /* the n values, ascending */
  ari_num *sum, *squares, *mean, *median;
  ari_num *sd[2];            /* standard deviation: sample, population; only where the series asks for it */
  bool has_sd;
} ari_cohort;
/* All series of a set: every agency's values, in which nothing changes but by ari_cohorts_change. */
typedef struct ari_cohorts ari_cohorts;
/* Evaluates every series for every agency; those without evidence and those whose evidence is in error are compared with nobody. NULL: out of
 * memory. */
ari_cohorts *ari_cohorts_new(const ari_evidence *evidence) ARI_USE_RESULT;
void ari_cohorts_free(ari_cohorts *c);                 /* NULL is fine */
/* One input of the agency has changed: so has what it and the others are compared with. False: out of memory. */
bool ari_cohorts_change(ari_cohorts *c, size_t agency, int slot) ARI_USE_RESULT;
const ari_cohort *ari_cohort_of(const ari_cohorts *c, int series, size_t agency);
/* The inputs of one agency with what it is compared with. `of` of the result is *view, which the caller keeps; cohorts may be NULL. */
typedef struct ari_score_view { ari_agency_view agency; const ari_cohorts *cohorts; } ari_score_view;
ari_inputs ari_score_inputs(const ari_score_view *view);

/* The figure of one agency at one node (P, A of the methodology). */
typedef struct ari_figure {
  int64_t points;            /* rounded at its place; meaningless without has_points */
  int64_t max;               /* applicable maximum A; 0 when excluded */
  uint8_t state;             /* ari_leaf_state; ARI_NO_STATE on inner nodes */
  bool has_points;           /* false: blank */
  uint8_t policy; /* ari_policy that was applied; NONE when scored by the rule. Inner nodes: WITHHOLD when something below is withheld */
  bool capped;               /* over_max: cap cut it */
  bool undocumented;         /* too few documents are named; the rule itself gives points, or, pending, can give them */
} ari_figure;
/* The words of its state (states.c): of one that is missing for its documents alone they say so. */
const char *ari_figure_state_text(const ari_figure *f, ari_lang lang);

typedef struct ari_standing {
  ari_agency_state state;
  bool has_points;
  bool has_max;              /* withheld agencies too have an applicable maximum; absent and invalid ones have none */
  int64_t points, max, index, exact;   /* exact: index before rounding, to 12 places */
  int64_t tree;              /* the root's own sum: before bonus, penalty and rounding */
  bool has_range;            /* has_points; or provisional with nothing settled yet (A = 0) */
  int64_t low, high, low_index, high_index;   /* provisional: see ari_score_end; else low and high are points and index */
  int rank;                  /* 0: not ranked */
  bool tied;
  int grade;                 /* index into set->grades, -1: none */
  uint32_t counts[ARI_PENDING + 1];    /* leaves by state; they add up to the leaves (all 0: absent or invalid) */
} ari_standing;

typedef struct ari_result {
  size_t n_agencies, n_nodes;
  ari_figure *figures;       /* agencies × nodes; of absent and invalid agencies all blank */
  ari_standing *standings;   /* agencies */
  uint32_t *order;           /* agencies as rankings are written: the rows of the CSV contract */
  uint32_t *shown;           /* as they are shown: those ranked together stand together */
  ari_cohorts *cohorts;      /* NULL: no rule compares */
  size_t *rows;              /* n_agencies + 1: number of the agency's first row among the rows of `ari score`; the last is their count. Row k
                              * of an agency is node k of its tier */
} ari_result;

/* Scores, ranks and grades everything. Errors that only evaluating finds (a share above 1, expect not met, a/0) are findings and mark the
 * submission invalid; what else is wrong with such a submission is still told. The set must be sound. Else ARI_NOMEM. */
ari_status ari_score(ari_result **result, ari_evidence *evidence, ari_findings *fs) ARI_USE_RESULT;
void ari_result_free(ari_result *result);              /* NULL is fine */
const ari_figure *ari_result_figure(const ari_result *r, size_t agency, int32_t node);
/* What the agency claimed of a leaf, to 12 places; false: nothing, or beyond what a figure can be. */
bool ari_claimed_e12(const ari_entry *entry, int64_t *out);

/* An agency as it stands when everything that is pending comes to the least, or the most, that its rule can give (of a penalty the other way
 * round), with its whole maximum: one end of the range of its total. Of provisional agencies only. `row` gets the figures by node; what was
 * pending is scored there. Else ARI_NOMEM. */
ari_status ari_score_end(const ari_evidence *evidence, const ari_result *result, size_t agency, bool high, ari_figure *row, ari_standing *out) ARI_USE_RESULT;
/* score.c: what one agency claims, added up beside its points in `result`: of leaves without points no claim counts. `row`: zeroed figures by node, which get
 * those of the claims. Nothing that could count is claimed: *out has no points. */
ari_status ari_score_claims(ari_evidence *evidence, const ari_result *result, size_t agency, ari_figure *row, ari_standing *out) ARI_USE_RESULT;

/* Looks at the needs of grades (ari-criteria(5), "Ranking and grades"): at the figures of one agency as they are published. */
typedef struct ari_grader {
  const ari_set *set;
  const ari_result *result;
  size_t agency;
  ari_eval *eval;
  ari_num *a, *b;
} ari_grader;
bool ari_grader_start(ari_grader *g, const ari_set *set, const ari_result *result) ARI_USE_RESULT;   /* false: out of memory; free in any case */
void ari_grader_free(ari_grader *g);
ari_inputs ari_grader_inputs(const ari_grader *g);     /* what formulas of needs see */
/* Whether the figure that grades compare reaches the grade; its needs are another question. */
bool ari_grade_reached(const ari_set *set, const ari_standing *s, uint32_t grade);
bool ari_need_holds(ari_grader *g, const ari_need *need);

/* The arithmetic of one leaf of one agency, evaluated again with a trace. */
typedef struct ari_leaf_trace {
  ari_trace steps;
  ari_figure figure;
  ari_rule_answer answer;
  ari_num *unrounded;        /* the rule's points before rounding, after over_max and spread; NULL when the rule came to none */
  ari_num *effective_max;    /* after spread: what the leaf can give here */
  ari_num *least, *most;     /* pending: what the rule can give; else NULL */
  ari_policy_setting policy; /* the policy that was applied, with its place; policy NONE: none */
  ari_nums nums;             /* owns the numbers */
} ari_leaf_trace;
/* The rule of a watched leaf is shown too where it can be evaluated. ARI_NOMEM is the only other status; free in any case. */
ari_status ari_trace_leaf(const ari_evidence *evidence, const ari_result *result, size_t agency, int32_t leaf,
                          ari_leaf_trace *out) ARI_USE_RESULT;
void ari_leaf_trace_free(ari_leaf_trace *trace);

/* What the children of a node come to where they do not add up. The numbers are the caller's. */
typedef struct ari_combining {
  const ari_node *node;
  uint32_t tier;
  const ari_figure *row;     /* figures of the agency by node */
  ari_num *const *maxima;    /* while scoring: see ari_scorer; NULL: A is taken from the figures */
  const bool *differs;
  ari_num *v, *max;          /* scratch; see ari_part_value */
  ari_num *weights;          /* the sum of the weights of those that take part; without weights their number */
  ari_num *result;           /* the points, unrounded; 0 when n is 0 */
  uint32_t n;                /* children that take part */
  bool nothing;              /* harmonic: somebody has 0 */
} ari_combining;
/* v = P/A of a child into c->v. False: it takes no part (A = 0, or a weight of 0). */
bool ari_part_value(const ari_combining *c, const ari_node *child);
void ari_combine_parts(ari_combining *c);

/* ---- the computation behind the public handle -------------------------------------------------------------------------- */

struct ari_names;
struct ari_assessment;
struct ari_comparison;

/* A document that a file names, once it was looked for. sha256 "": it is not there, and `what` says why. looked: found in a folder, and not known otherwise. */
typedef struct ari_known_document { int32_t source; ari_str file; char sha256[65]; uint8_t what; bool looked; } ari_known_document;   /* what: ari_below */

/* A package (package.c): what its manifest says. What the manifest says of a file, and where. */
typedef struct ari_text_at { ari_str text; ari_span at; } ari_text_at;
typedef enum ari_packed_kind { ARI_PACKED_EVIDENCE, ARI_PACKED_DOCUMENT, ARI_PACKED_SHEET } ari_packed_kind;
typedef struct ari_packed { ari_str name; ari_packed_kind kind; uint64_t bytes; char sha256[65]; ari_span at; } ari_packed;
typedef struct ari_package {
  struct ari_package *next;
  int32_t source, manifest;  /* the archive, no longer loaded, and its manifest */
  int32_t from, to;          /* its evidence: sources from..to-1 */
  ari_text_at set, version, period, agency;
  char criteria[65], fingerprint[65];
  ari_packed *files; size_t n;
  char sha256[65];           /* of the archive, where the signature was verified */
  ari_str key, key_file, comment;   /* who signed it and what with, where that was verified; empty: it was not */
} ari_package;
enum { ARI_PACKED_EVIDENCE_FILES = 12 };               /* more are neither packed nor opened */
#define ARI_MANIFEST "manifest.json"
#define ARI_PACKED_SHEET_NAME "sheet.html"
#define ARI_PACKED_FOLDER "evidence"                   /* evidence stands below it, and documents as the evidence names them */
const char *ari_packed_kind_name(ari_packed_kind kind);

/* The handle of ari.h. */
struct ari_work {
  ari_options options;       /* texts copied into arena */
  ari_arena arena;
  ari_sources sources;
  ari_findings findings;
  size_t told;               /* findings already written */
  ari_set *set;
  ari_agencies agencies;
  ari_evidence *evidence;
  ari_result *result;        /* of the evidence's present stage */
  ari_result *stages[ARI_STAGES];   /* those scored so far; result is among them or not yet put there */
  struct { size_t agency, first; } stages_at;   /* where ari_stages_at read last: rows are mostly read in order */
  ari_accepted *files; size_t n_files, files_room;   /* what the round accepted, in order */
  ari_period previous_period;   /* of the database of last period; kind 0: there is none */
  const char *previous_round;   /* that --previous names; NULL: none */
  bool was_told;             /* of a round that people work in, read again: its warnings were told when its files were accepted */
  bool previous_read;        /* last period's evidence was taken from a database */
  ari_period period;         /* of the evidence; before it is read, that of the options */
  bool misused;              /* the options hold something that cannot be used: told */
  bool sound;                /* set and agency list were read without an error: there is something to score by */
  bool evaluated;            /* ari_work_score has told what there is to tell */
  bool failed;               /* out of memory */
  struct ari_names *names;   /* texts of rows, ended by NUL; made by ari_work_score */
  struct ari_assessment *assessment;   /* one agency's sheet; made by ari_assess, in arena */
  struct ari_comparison *comparison;   /* with an earlier round; made by ari_compare */
  const ari_log_row *log; size_t n_log;   /* made by ari_read_log, in arena */
  const ari_round_info *round;         /* of a database that was read, in arena like what follows; NULL: none */
  const ari_revision_row *revisions; size_t n_revisions;   /* by file, as files */
  const ari_submission_row *submissions; size_t n_submissions;
  ari_known_document *documents; size_t n_documents, documents_room; ari_map documents_by_name;   /* see ari_work_document */
  ari_package *packages;     /* those that evidence came in, the last first */
};
/* Registers a loaded source as part of the round. */
bool ari_work_file_add(ari_work *work, int32_t source, ari_file_kind kind) ARI_USE_RESULT;
/* Reads set, agencies and evidence from sources that are loaded already (from paths or from a database): one path for both.
 * work->period and options.keep_going are set before by whoever takes them from a database. */
ari_status ari_work_read_sources(ari_work *work) ARI_USE_RESULT;
/* Scores for the sake of what scoring tells, into work->result, where set and evidence allow it. */
void ari_work_evaluate(ari_work *work);
/* What everything so far comes to: ARI_NOMEM, ARI_MACHINE, ARI_MISUSE, ARI_INPUT when there is any error, else ARI_OK. */
ari_status ari_work_status(const ari_work *work);
ari_str ari_title_of(const ari_work *work, ari_title title);       /* in the options' language */

/* documents.c: the document `file` as source `source` names it: below options.documents, else below the folder of the source; looked for once. NULL:
 * out of memory, noted. Valid until the next is asked for. */
const ari_known_document *ari_work_document(ari_work *work, int32_t source, ari_str file);
/* Tells that a document is not there, and why (W0646; W0989 of a package). Out of memory is noted. */
void ari_work_tell_document(ari_work *work, const ari_document *d, const ari_known_document *known);
/* What is known of it otherwise (from a database, from a package; sha256 "": that it is not there), so that nothing is looked for. False: out of memory, noted. */
bool ari_work_know_document(ari_work *work, int32_t source, ari_str file, const char *sha256);
/* The folder below which a source's documents lie; in the work's arena; NULL: out of memory, noted. */
const char *ari_work_document_folder(ari_work *work, int32_t source);
/* The file is among the agency's own in what it has handed in last: evidence that has something of its own to say. */
bool ari_work_is_own_file(const ari_work *work, size_t agency, int32_t source);
/* fingerprint.c: the SHA-256 of all that a submission is: set, period, agency, files and documents (ari(1), "Fingerprints"). ARI_NOMEM is the only
 * other status. */
ari_status ari_fingerprint(ari_work *work, size_t agency, char hex[65]) ARI_USE_RESULT;

/* Gets each file of a package whose bytes are what the manifest says; it may keep `bytes` by leaving an empty buffer. */
typedef struct ari_package_reader { ari_status (*file)(void *to, const ari_package *p, const ari_packed *file, ari_buf *bytes); void *to; } ari_package_reader;
/* package.c: holds the signature beside a package against options.key, opens it and holds all of it against its manifest. When anything is wrong with it
 * (told, ARI_INPUT), what the reader got by then is not to be used. */
ari_status ari_package_open(ari_work *work, const char *path, const ari_package_reader *reader, ari_package **out) ARI_USE_RESULT;
/* The same of a source that is loaded, whose bytes are given back. */
ari_status ari_package_read(ari_work *work, int32_t source, const ari_package_reader *reader, ari_package **out) ARI_USE_RESULT;
bool ari_package_is(const char *path);                 /* named .zip, and no folder */
bool ari_package_is_in(ari_str bytes);                 /* a whole archive with a manifest */
/* Told: what is no package, where options.key asks for signatures (E0941). */
void ari_work_tell_unsigned(ari_work *work, ari_str path);
/* Files, folders and packages of evidence become loaded sources, in this order; their numbers in *sources, for ari_free also after a failure. With
 * options.key packages alone are taken. */
ari_status ari_work_take(ari_work *work, const char *const *paths, size_t n, int32_t **sources, size_t *n_sources) ARI_USE_RESULT;
/* package_check.c: before evidence is read: whether all packages were made for the set (E0968, E0969). Afterwards: whether they say whose, of when and
 * what their evidence is. */
bool ari_packages_fit(ari_work *work);
void ari_packages_check(ari_work *work);
/* package_sign.c: the signature beside the package, where options.key asks for one; its archive is still loaded. */
ari_status ari_package_verify(ari_work *work, ari_package *p) ARI_USE_RESULT;
/* The key of options.secret_key, opened with options.password; to be forgotten (ari_secret_key_forget). */
ari_status ari_work_secret_key(ari_work *work, ari_secret_key *key) ARI_USE_RESULT;
/* "2026-08" as people write it: "tháng 8/2026", "August 2026". */
void ari_buf_period_words(ari_buf *b, ari_period period, ari_lang lang);

/* files.c: the evidence among work->files; the files that --previous names. */
void ari_work_read_submissions(ari_work *work);
void ari_work_add_previous(ari_work *work);
/* find.c: the agency of this id; -1: none, *nearest is then the nearest id or NULL; it may be NULL itself. */
int64_t ari_work_find_agency(ari_work *work, const char *id, const char **nearest);
/* compare.c: the earlier round that ari_compare put beside this one; NULL: none. */
ari_work *ari_compared_with(const ari_work *after);
/* Those of an earlier round that became this agency: itself, those it replaces, and those whom they replaced in between. `take` gets the number of each in
 * `before` and ends the walk with false, which is then returned. */
typedef bool ari_forerunner(void *to, size_t before);
bool ari_forerunners(const ari_work *before, const ari_work *after, size_t agency, ari_forerunner *take, void *to);

#endif
