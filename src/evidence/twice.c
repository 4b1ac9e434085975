/* The same thing said twice within one command is an error with both places (ari-evidence(5), "Revisions"); of a file that is there twice, or of two forms
 * of one agency, it is one error and not one for each cell. */
#include "inside.h"

static bool was_told(const ari_twice *t, int32_t file) {
  for (size_t i = 0; i < t->n_told; i++)
    if (t->told[i] == file) return true;
  return false;
}

static bool note_told(ari_twice *t, int32_t file) {
  if (!ari_grow((void **)&t->told, t->n_told, &t->room, sizeof *t->told)) return false;
  t->told[t->n_told++] = file;
  return true;
}

/* A copy of the earlier file, or another form. */
static bool is_instead(const ari_twice *t, int32_t again, int32_t first) {
  ari_source *a = &t->sources->items[again], *b = &t->sources->items[first];
  if (ari_file_is_workbook(a) && ari_file_is_workbook(b)) return true;
  return a->bytes.n == b->bytes.n && ari_str_is(ari_str_of(ari_source_sha256(a)), ari_source_sha256(b));
}

void ari_tell_twice(ari_twice *t, ari_place again, ari_place first, ari_str what, ari_str agency) {
  bool instead = again.file != first.file && is_instead(t, again.file, first.file);
  ari_args args = {{ari_arg_text(what), ari_arg_text(agency)}};
  if (instead && was_told(t, first.file)) return;
  if (instead) {
    args = (ari_args){{ari_arg_text(t->sources->items[again.file].name), ari_arg_text(t->sources->items[first.file].name), ari_arg_text(agency)}};
    if (!note_told(t, first.file)) t->no_memory = true;
  }
  ari_place_finding(t->fs, instead ? ARI_E0939 : ARI_E0460, again, (ari_str){0}, &args)->other = ari_place_span(first);
}
