/* The header of a CSV table, and whether a row fits under it. */
#include "inside.h"

/* Tells columns of the same name. The second has no name from then on (p NULL): its values are passed over. */
static bool check_twice(ari_csv *csv, ari_csv_header *h, size_t i, ari_map *seen) {
  int32_t first = ari_map_get(seen, h->names[i]);
  if (first < 0) return ari_map_put(seen, h->names[i], (int32_t)i);
  ari_finding *f = ari_findings_add(csv->fs, ARI_E0415, ari_place_span(ari_csv_place(csv, i)), &(ari_args){{ari_arg_text(h->names[i])}});
  f->other = ari_place_span(ari_csv_place(csv, (size_t)first));
  h->names[i] = (ari_str){0};
  return true;
}

static bool take_names(ari_csv *csv, ari_arena *memory, ari_csv_header *h, ari_map *seen) {
  h->names = ari_arena_array(memory, csv->n, sizeof *h->names);
  if (!h->names) return false;
  for (size_t i = 0; i < csv->n; i++) {
    ari_str name;
    if (!ari_utf8_nfc(memory, csv->fields[i].text, &name) || !ari_str_copy(memory, name, &h->names[i])) return false;
    if (name.n && !check_twice(csv, h, i, seen)) return false;
  }
  return true;
}

ari_csv_step ari_csv_read_header(ari_csv *csv, ari_arena *memory, ari_csv_header *out) {
  *out = (ari_csv_header){0};
  ari_csv_step step = ari_csv_next(csv);
  if (step != ARI_CSV_ROW) return step;
  ari_map seen = {0};
  out->n = csv->n;
  bool done = take_names(csv, memory, out, &seen);
  ari_map_free(&seen);
  return done ? ARI_CSV_ROW : ARI_CSV_NOMEM;
}

ari_finding *ari_csv_misfit(const ari_csv *csv, const ari_csv_header *header) {
  ari_finding *f = NULL;
  if (csv->n != header->n) {
    size_t place = csv->n > header->n ? header->n : csv->n - 1;
    f = ari_findings_add(csv->fs, ARI_E0413, ari_place_span(ari_csv_place(csv, place)),
                         &(ari_args){{ari_arg_int((int64_t)csv->n), ari_arg_int((int64_t)header->n)}});
  }
  for (size_t i = 0; i < csv->n && !f; i++) {
    if (header->names[i].n || !header->names[i].p || !csv->fields[i].text.n) continue;
    f = ari_findings_add(csv->fs, ARI_E0414, ari_place_span(ari_csv_place(csv, i)), &(ari_args){{ari_arg_text(csv->fields[i].text)}});
  }
  if (f) f->row = csv->row;
  return f;
}
