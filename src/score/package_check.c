/* What a package says of itself against what is here: the set it was made for, and, once its evidence is read, whose and of which period it is and the
 * fingerprint that the agency saw (ari(1), "Packages"). */
#include "inside.h"

#include <string.h>

static void tell(ari_work *work, ari_code code, ari_span at, const ari_str *texts, size_t n) {
  ari_args args = {{{0}}};
  for (size_t i = 0; i < n; i++) args.at[i] = ari_arg_text(texts[i]);
  ari_findings_add(&work->findings, code, at, &args);
}

/* The set is read: of another one, or of another text of the same version, nothing of the package would mean what the agency saw. */
static void check_set(ari_work *work, const ari_package *p) {
  const ari_set *set = work->set;
  if (!ari_str_eq(p->set.text, set->id) || !ari_str_eq(p->version.text, set->version))
    tell(work, ARI_E0968, ari_str_eq(p->set.text, set->id) ? p->version.at : p->set.at, (ari_str[]){p->set.text, p->version.text, set->id, set->version}, 4);
  else if (strcmp(p->criteria, ari_source_sha256(&work->sources.items[set->file])) != 0)
    tell(work, ARI_E0969, (ari_span){p->source, 0, 0}, (ari_str[]){set->id, set->version}, 2);
}

bool ari_packages_fit(ari_work *work) {
  size_t errors = work->findings.errors;
  for (const ari_package *p = work->packages; p && work->set; p = p->next) check_set(work, p);
  return work->findings.errors == errors;
}

static void check_fingerprint(ari_work *work, const ari_package *p) {
  char hex[65];
  int32_t agency = ari_map_get(&work->evidence->agencies->ids, p->agency.text);
  if (agency < 0 || !work->evidence->submissions[agency].named) {
    tell(work, ARI_E0970, p->agency.at, (ari_str[]){p->agency.text}, 1);
    return;
  }
  ari_buf period = {0};
  ari_buf_period(&period, work->period);
  if (period.failed) work->failed = true;
  else if (!ari_str_eq(ari_buf_view(&period), p->period.text)) tell(work, ARI_E0967, p->period.at, (ari_str[]){p->period.text, ari_buf_view(&period)}, 2);
  else if (ari_fingerprint(work, (size_t)agency, hex) == ARI_OK && strcmp(hex, p->fingerprint) != 0)
    tell(work, ARI_E0971, (ari_span){p->source, 0, 0}, (ari_str[]){p->agency.text, ari_str_of(p->fingerprint), ari_str_of(hex)}, 3);
  ari_buf_free(&period);
}

/* Where something was wrong before, the fingerprint differs for that alone. */
void ari_packages_check(ari_work *work) {
  for (const ari_package *p = work->packages; p && work->evidence && !work->findings.errors; p = p->next) check_fingerprint(work, p);
}

/* ---- rows ---- */

/* On one line: minisign's comments have tabs. */
static const char *text_of(ari_work *work, ari_str s) {
  char *text = ari_str_cstring(&work->arena, s);
  if (!text) work->failed = true;
  for (size_t i = 0; text && i < s.n; i++)
    if (text[i] == '\t') text[i] = ' ';
  return text ? text : "";
}

ari_status ari_package_at(ari_work *work, size_t n, ari_package_row *out) {
  size_t count = 0;
  for (const ari_package *p = work->packages; p; p = p->next) count++;
  if (n >= count) return ARI_MISUSE;
  const ari_package *p = work->packages;
  for (size_t i = count - 1; i > n; i--) p = p->next;   /* the last comes first */
  *out = (ari_package_row){.name = text_of(work, work->sources.items[p->source].name), .set = text_of(work, p->set.text), .version = text_of(work, p->version.text),
                           .period = text_of(work, p->period.text), .agency = text_of(work, p->agency.text), .fingerprint = p->fingerprint,
                           .key = text_of(work, p->key), .key_file = text_of(work, p->key_file), .comment = text_of(work, p->comment)};
  for (size_t i = 0; i < p->n; i++) {
    out->n_evidence += p->files[i].kind == ARI_PACKED_EVIDENCE;
    out->n_documents += p->files[i].kind == ARI_PACKED_DOCUMENT;
  }
  return work->failed ? ARI_NOMEM : ARI_OK;
}
