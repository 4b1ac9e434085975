/* The list of agencies as a table: id,name,group and more (methodology: ari-evidence(5), "Agencies"). */
#include "inside.h"

#include <string.h>

/* The field of each column; -1: without a name, or told. */
static int *find_columns(ari_agency_reading *g, const ari_csv *csv, const ari_csv_header *header, ari_arena *memory) {
  const ari_field *table = ari_agency_table();
  int *fields = ari_arena_array(memory, header->n, sizeof *fields);
  bool there[ARI_AGENCY_FIELDS] = {false};
  ari_str names[ARI_AGENCY_FIELDS];
  for (int k = 0; k < ARI_AGENCY_FIELDS; k++) names[k] = ari_str_of(table[k].key);
  for (size_t i = 0; fields && i < header->n; i++) {
    fields[i] = -1;
    for (int k = 0; k < ARI_AGENCY_FIELDS; k++)
      if (ari_str_eq(header->names[i], names[k])) fields[i] = k;
    if (fields[i] >= 0) there[fields[i]] = true;
    if (fields[i] >= 0 || !header->names[i].n) continue;
    int near = ari_str_nearest(header->names[i], names, ARI_AGENCY_FIELDS);
    ari_findings_add(g->fs, near < 0 ? ARI_E0433 : ARI_E0421, ari_place_span(ari_csv_place(csv, i)),
                     &(ari_args){{ari_arg_text(header->names[i]), ari_arg_text(near < 0 ? (ari_str){0} : names[near])}});
  }
  for (int k = 0; fields && k < ARI_AGENCY_FIELDS; k++) {
    bool needed = table[k].required || (k == ARI_AGENCY_TIER && g->set && ari_set_has_tiers(g->set));
    if (!needed || there[k]) continue;
    ari_findings_add(g->fs, ARI_E0428, ari_place_span(ari_csv_place(csv, 0)), &(ari_args){{ari_arg_c(table[k].key)}});
    g->lacking[k] = true;
  }
  return fields;
}

/* "H44.1;H44.2": a list inside a cell is separated by semicolons. */
static void split_list(ari_agency_reading *g, ari_str text, ari_agency_entry *e, ari_arena *memory) {
  size_t n = 1;
  for (size_t i = 0; i < text.n; i++) n += text.p[i] == ';';
  e->replaces = ari_arena_array(memory, n, sizeof *e->replaces);
  if (!e->replaces) g->no_memory = true;
  for (size_t from = 0, i = 0; e->replaces && i <= text.n; i++) {
    if (i < text.n && text.p[i] != ';') continue;
    ari_str id = ari_str_trim(ari_str_sub(text, from, i));
    if (id.n) e->replaces[e->n_replaces++] = id;
    from = i + 1;
  }
}

static void read_row(ari_agency_reading *g, ari_csv *csv, const ari_csv_header *header, const int *fields) {
  if (ari_csv_misfit(csv, header)) return;
  ari_agency_entry e = {.whole = ari_csv_place(csv, 0)};
  memcpy(e.told, g->lacking, sizeof e.told);
  for (size_t i = 0; i < header->n; i++) {
    if (fields[i] < 0) continue;
    e.field[fields[i]] = csv->fields[i].text;
    e.at[fields[i]] = ari_csv_place(csv, i);
  }
  if (e.field[ARI_AGENCY_REPLACES].n) split_list(g, e.field[ARI_AGENCY_REPLACES], &e, &csv->row_memory);
  ari_agency_add(g, &e);
}

void ari_read_agencies_csv(ari_agency_reading *g, const ari_source *source, int32_t file) {
  ari_csv csv;
  ari_csv_header header;
  ari_arena memory = {0};
  ari_csv_open(&csv, source, file, g->fs);
  ari_csv_step step = ari_csv_read_header(&csv, &memory, &header);
  int *fields = step == ARI_CSV_ROW ? find_columns(g, &csv, &header, &memory) : NULL;
  if (step == ARI_CSV_ROW && !fields) step = ARI_CSV_NOMEM;
  while (fields && !g->no_memory && ((step = ari_csv_next(&csv)) == ARI_CSV_ROW || step == ARI_CSV_BAD_ROW))
    if (step == ARI_CSV_ROW) read_row(g, &csv, &header, fields);
  if (step == ARI_CSV_NOMEM) g->no_memory = true;
  ari_csv_close(&csv);
  ari_arena_free(&memory);
}
