/* evidence: who is scored and what they submitted, matched to the criteria. YAML (one agency) and CSV (many, wide or long), files and
 * folders, read side by side with the same findings in the same order. Methodology: DESIGN.md 4 "Agencies", CSV contract. */
#ifndef ARI_EVIDENCE_H
#define ARI_EVIDENCE_H

#include "criteria/criteria.h"

/* ---- agencies -------------------------------------------------------------------------------------------------------- */

typedef struct ari_agency {
  ari_str id;
  ari_title name;
  ari_str group, tier, parent;
  int32_t group_index;       /* among the list's groups, in order of first appearance */
  uint32_t tier_index;       /* 0 for now */
  ari_period from, until;    /* kind 0: open */
  ari_str *replaces; uint32_t n_replaces;
  ari_span span; uint32_t row;
} ari_agency;

typedef struct ari_agencies {
  ari_arena arena;
  int32_t file;              /* -1: none was given */
  ari_agency *items; size_t n, room;
  ari_map ids;
  ari_str *groups; size_t n_groups, groups_room;   /* ids in order of first appearance */
} ari_agencies;

/* Reads an agency list (YAML or CSV, told by the content). Findings; ARI_NOMEM. set may be NULL (groups are then not compared). */
ari_status ari_agencies_read(ari_agencies *list, const ari_source *source, int32_t file, const ari_set *set, ari_findings *fs) ARI_USE_RESULT;
void ari_agencies_free(ari_agencies *list);
ari_str ari_group_title(const ari_set *set, ari_str group, ari_lang lang);

/* ---- kinds of files --------------------------------------------------------------------------------------------------- */

typedef enum ari_file_kind { ARI_FILE_UNKNOWN, ARI_FILE_CRITERIA, ARI_FILE_AGENCIES, ARI_FILE_EVIDENCE } ari_file_kind;
/* What a loaded file is, told by its content (first key `ari:`, first CSV column `id` or `agency`) and suffix; unknown is told as a finding. */
ari_file_kind ari_file_what(const ari_source *source, int32_t file, ari_findings *fs);
const char *ari_file_kind_name(ari_file_kind kind);   /* "criteria", "agencies", "evidence": the words of the store */

/* ---- the table of evidence -------------------------------------------------------------------------------------------- */

typedef enum ari_cell_state { ARI_CELL_ABSENT, ARI_CELL_GIVEN, ARI_CELL_BAD } ari_cell_state;   /* BAD: there, but told as an error */

/* Where a value stands. row 0: not a table. */
typedef struct ari_place { int32_t file; uint32_t start, len, row; } ari_place;

/* One value of one agency. yes_no: coef 0/1; choice: option number; date: day; percent: 7.46% is 0.0746; text: index into texts. */
typedef struct ari_cell { ari_dec value; uint8_t state; ari_place at; } ari_cell;

typedef struct ari_document { ari_str number, title, file; int32_t day; bool has_day; ari_span span; } ari_document;

/* What an agency said of one leaf besides its inputs. */
typedef struct ari_remark {
  ari_str note, not_applicable, withheld;              /* p NULL: not said */
  ari_place not_applicable_at, withheld_at, note_at;
  ari_document *documents; uint32_t n_documents;
} ari_remark;

typedef struct ari_entry {                             /* agency × leaf */
  ari_dec claimed; bool has_claimed;
  ari_place claimed_at;
  ari_remark *remark;                                  /* NULL: none */
} ari_entry;

typedef struct ari_submission {                        /* one agency as a whole */
  bool present;              /* some evidence names it; false: absent */
  bool invalid;              /* an error concerns it */
  ari_str withheld;          /* reason; p NULL: not */
  ari_place at;              /* the first place that names it */
} ari_submission;

typedef struct ari_evidence ari_evidence;
struct ari_evidence {
  const ari_set *set;
  const ari_agencies *agencies;
  ari_period period;         /* of everything in the table; kind 0: no evidence */
  ari_cell *cells;           /* agencies × set->n_inputs */
  ari_entry *entries;        /* agencies × set->n_leaves */
  ari_submission *submissions;  /* agencies */
  ari_str *texts; size_t n_texts;
  bool complete;             /* every error could be laid at one agency's door; false: even --keep-going cannot go on */
  void *memory;              /* what the readers keep */
};

/* Reads loaded sources files[0..n-1] (indexes into sources), side by side on `jobs` threads. `period` is --period or kind 0. With errors the table still comes
 * back, agencies concerned marked invalid. Findings in order of the files whatever `jobs` is. */
ari_status ari_evidence_read(ari_evidence **evidence, ari_sources *sources, const int32_t *files, size_t n, const ari_set *set, const ari_agencies *agencies,
                             ari_period period, int jobs, ari_findings *fs) ARI_USE_RESULT;
void ari_evidence_free(ari_evidence *evidence);

/* Loads files[0..n-1] side by side: bytes, hash. Limits by suffix. Used for everything a command names. */
ari_status ari_files_load(ari_sources *sources, const int32_t *files, size_t n, int jobs, ari_findings *fs) ARI_USE_RESULT;

const ari_cell *ari_evidence_cell(const ari_evidence *ev, size_t agency, int slot);
const ari_entry *ari_evidence_entry(const ari_evidence *ev, size_t agency, int32_t leaf);
/* The inputs of one agency for the evaluator; `of` of the result is *view, which the caller keeps. */
typedef struct ari_agency_view { const ari_evidence *evidence; size_t agency; } ari_agency_view;
ari_inputs ari_agency_inputs(const ari_agency_view *view);
ari_span ari_place_span(ari_place at);
/* Adds a finding at a value's place, with row and column name when it stands in a table. */
ari_finding *ari_place_finding(ari_findings *fs, ari_code code, ari_place at, ari_str column, const ari_args *args);

/* Expands the EVIDENCE arguments: files, folders (byte order of names, not below, other suffixes are a warning) into sources, in order. */
ari_status ari_evidence_expand(ari_sources *sources, const char *const *paths, size_t n, int32_t **files, size_t *n_files, ari_findings *fs) ARI_USE_RESULT;

#endif
