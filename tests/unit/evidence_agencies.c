/* Agency lists in CSV and YAML, what a file is, and folders of evidence. */
#include "evidence_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static fixture *read_list(const char *name, const char *text) {
  fixture *x = start(SMALL_SET, NULL);
  int32_t file = add_source(x, name, text, strlen(text));
  if (ari_agencies_read(&x->list, &x->sources.items[file], file, x->set, &x->fs) != ARI_OK) exit(8);
  return x;
}

static void list_finds(const char *name, const char *text, const char *want, size_t n, const char *what) {
  fixture *x = read_list(name, text);
  is(found(x), want, what);
  if (x->list.n != n) printf("# %zu agencies, not %zu\n", x->list.n, n);
  ok(x->list.n == n, "... and the others are there");
  end(x);
}

static const char *list_text(fixture *x) {
  ari_buf_clear(&x->text);
  for (size_t i = 0; i < x->list.n; i++) {
    const ari_agency *a = &x->list.items[i];
    const ari_str all[] = {a->id, a->name.vi, a->name.en, a->group, a->tier, a->parent};
    for (size_t k = 0; k < ARI_COUNT(all); k++) ari_buf_str(&x->text, all[k]), ari_buf_char(&x->text, '|');
    ari_buf_printf(&x->text, "%d|", a->group_index);
    if (a->from.kind) ari_buf_period(&x->text, a->from);
    ari_buf_char(&x->text, '|');
    if (a->until.kind) ari_buf_period(&x->text, a->until);
    for (uint32_t k = 0; k < a->n_replaces; k++) ari_buf_char(&x->text, '|'), ari_buf_str(&x->text, a->replaces[k]);
    ari_buf_char(&x->text, '\n');
  }
  return answer(x);
}

static void test_good(void) {
  fixture *csv = read_list("a.csv", "id,name,group,name_en,tier,parent,from,until,replaces\n"
                                    "a,\"Sở, A\",department,Dept A,t1,,2025,2026-08,\n"
                                    "b,B,commune,,,a,,,x1; x2\n"
                                    "c,C,department,,,,,,\n");
  fixture *yaml = read_list("a.yaml", "ari: agencies/1\nagencies:\n"
                                      "  - {id: a, name: {vi: \"Sở, A\", en: Dept A}, group: department, tier: t1, from: 2025, until: 2026-08}\n"
                                      "  - {id: b, name: B, group: commune, parent: a, replaces: [x1, x2]}\n"
                                      "  - id: c\n    name: C\n    group: department\n");
  is(found(csv), "", "CSV: no findings");
  is(found(yaml), "", "YAML: no findings");
  is(list_text(csv), "a|Sở, A|Dept A|department|t1||0|2025|2026-08\nb|B|B|commune||a|1|||x1|x2\nc|C|C|department|||0||\n", "CSV: all fields");
  is(list_text(yaml), list_text(csv), "YAML: the same");
  ok(csv->list.n_groups == 2 && ari_str_is(csv->list.groups[1], "commune"), "groups in order of first appearance");
  ok(ari_map_get(&csv->list.ids, ARI_STR("c")) == 2 && csv->list.items[2].row == 4, "found by id, with their rows");
  ok(ari_str_is(ari_group_title(csv->set, ARI_STR("department"), ARI_VI), "Sở, ngành"), "the title of a group");
  ok(ari_str_is(ari_group_title(csv->set, ARI_STR("other"), ARI_VI), "other"), "a group that the set does not name is its own title");
  end(csv);
  end(yaml);
}

static void test_errors(void) {
  list_finds("a.csv", "id,name,group\na,A,commune\na,B,commune\n", "E0431@3:1", 1, "an id twice");
  list_finds("a.csv", "id,name,group\n,A,commune\nb,B,commune\n", "E0432@2:1", 1, "no id");
  list_finds("a.csv", "id,name,group\na b,A,commune\nb,B,commune\n", "E0148@2:1", 1, "no possible id");
  list_finds("a.csv", "id,name,group\na,,commune\nb,B,\n", "E0434@2:3 E0435@3:5", 2, "no name, no group");
  list_finds("a.csv", "id,name,group\na,A,comune\nb,B,other\nc,C,other\n", "W0438@2:5 W0437@3:5", 3, "groups that the set does not name, once each");
  list_finds("a.csv", "id,name\na,A\n", "E0428@1:1", 1, "no column group: told once");
  list_finds("a.csv", "id,name,group,grup,whatever\na,A,commune,,\n", "E0421@1:15 E0433@1:20", 1, "columns nobody knows");
  list_finds("a.csv", "id,name,group\na,A\nb,B,commune,x\nc,C,commune\n", "E0413@2:3 E0413@3:13", 1, "rows too short and too long");
  list_finds("a.csv", "id,name,group,parent\na,A,commune,z\nb,B,commune,a\n", "E0439@2:13", 2, "a parent that is not there");
  list_finds("a.csv", "id,name,group,from,until\na,A,commune,2026-08,2026-07\nb,B,commune,soon,\nc,C,commune,2026,2026-08\n", "E0248@2:21 E0156@3:13", 3, "periods");
  list_finds("a.csv", "id,name,group\na,\"A\nB\",commune\n", "E0436@2:3", 1, "a line end in a name");
  list_finds("a.yaml", "ari: agencies/1\nagencies: [{id: a, name: \" \u00a0\\u3000 \", group: commune}]\n", "E0434@2:26", 1, "a name of spaces");
  list_finds("a.yaml", "ari: agencies/1\nagencies: [{id: a, name: \"A\\u0085B\", group: commune}]\n", "E0105@2:26", 1, "a control character in a name");
  list_finds("a.csv", "id,name,group\na,A\x1B[31m,commune\n", "E0105@2:4", 0, "an escape sequence in a name");
  list_finds("a.csv", "id,name,group\n", "E0430@1:1", 0, "nobody");
  list_finds("a.csv", "agency,progress.on_time\nx,1\n", "E0404@1:1", 0, "evidence instead of a list");
  list_finds("a.yaml", "ari: agencies/1\nagencies: []\n", "E0430@1:1", 0, "nobody in YAML");
  list_finds("a.yaml", "ari: agencies/1\nagencies:\n  - {id: a, group: commune}\n  - {name: B, group: commune}\n  - {id: c, name: C, grup: commune}\n",
             "E0142@3:6 E0142@4:6 E0140@5:22", 2, "keys that are missing or misspelt");
  list_finds("a.yaml", "ari: agencies/1\nagencies: [{id: a, name: A, group: commune, replaces: {x: 1}}]\n", "E0146@2:56", 1, "replaces that is no list");
  list_finds("a.csv", "id,name,group\na,A,\"commune\n", "E0410@2:5", 0, "a quotation mark that is never closed");
  fixture *x = read_list("a.csv", "id,name,group\na,\"=HYPERLINK(\"\"x\"\")\",commune\nb,'; $(rm) `x` | <b> %s {} \\ EOF,commune\nc,A\xE2\x80\xAE" "B,commune\n");
  is(found(x), "", "hostile names are text");
  ok(ari_str_is(x->list.items[0].name.vi, "=HYPERLINK(\"x\")") && ari_str_is(x->list.items[2].name.vi, "A\xE2\x80\xAE" "B"), "... and kept as they are");
  end(x);
}

/* ---- what a file is ---- */

static void is_kind(const char *name, const char *text, ari_file_kind want, const char *codes) {
  fixture x = {0};
  int32_t file = add_source(&x, name, text, strlen(text));
  char what[200];
  snprintf(what, sizeof what, "%s of %zu bytes is %s", name, strlen(text), ari_file_kind_name(want));
  ok(ari_file_what(&x.sources.items[file], file, &x.fs) == want, what);
  is(found(&x), codes, "... and told");
  ari_findings_free(&x.fs);
  ari_sources_free(&x.sources);
  ari_buf_free(&x.text);
}

static void test_kinds(void) {
  is_kind("a.yaml", "ari: criteria/1\n", ARI_FILE_CRITERIA, "");
  is_kind("a.yml", "{ari: agencies/1, agencies: []}", ARI_FILE_AGENCIES, "");
  is_kind("a.yaml", "---\n# x\nari:   \"evidence/1\"\r\n", ARI_FILE_EVIDENCE, "");
  is_kind("a.csv", "id,name,group\n", ARI_FILE_AGENCIES, "");
  is_kind("A.CSV", "\xEF\xBB\xBF\"agency\";x\n", ARI_FILE_EVIDENCE, "");
  is_kind("a.csv", "period,agency,x.y\n", ARI_FILE_EVIDENCE, "");
  is_kind("a", "agency,x\n", ARI_FILE_EVIDENCE, "");
  is_kind("a", "ari: evidence/1\n", ARI_FILE_EVIDENCE, "");
  is_kind("a.txt", "hello\n", ARI_FILE_UNKNOWN, "E0401@1:1");
  is_kind("a.csv", "\"agency,x\n", ARI_FILE_UNKNOWN, "E0410@1:1");
  is_kind("a.yaml", "ari: evidence/2\n", ARI_FILE_UNKNOWN, "E0402@1:1");
  is_kind("a.yaml", "ari:", ARI_FILE_UNKNOWN, "E0402@1:1");
  is_kind("a.yaml", "\xFF\xFE" "a", ARI_FILE_UNKNOWN, "E0104@1:1");
  is_kind("a.yaml", ":", ARI_FILE_UNKNOWN, "E0401@1:1");
}

/* ---- folders ---- */

static void write_file(const char *folder, const char *name, const char *text) {
  char path[600];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *f = fopen(path, "w");
  if (!f || fputs(text, f) < 0 || fclose(f) != 0) exit(4);
}

static void test_folders(void) {
  char folder[500], below[520];
  const char *temp = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/ari-agencies-XXXXXX", temp ? temp : "/tmp");
  if (!mkdtemp(folder)) exit(4);
  static const char *const names[] = {"b.csv", "a.yaml", "C.YML", "notes.docx", ".hidden.csv", "sheet.ods", "~$sheet.xlsx"};
  for (size_t i = 0; i < ARI_COUNT(names); i++) write_file(folder, names[i], "x");
  snprintf(below, sizeof below, "%s/docs", folder);
  if (mkdir(below, 0700) != 0) exit(4);
  write_file(below, "d.csv", "x");
  fixture x = {0};
  char single[540], empty[540];
  snprintf(single, sizeof single, "%s/d.csv", below);
  snprintf(empty, sizeof empty, "%s/empty", folder);
  if (mkdir(empty, 0700) != 0) exit(4);
  const char *const paths[] = {single, folder, empty, "nowhere.csv"};
  int32_t *files = NULL;
  const int32_t all[] = {0, 1, 2, 3, 4};
  size_t n = 0;
  for (size_t i = 0; i < ARI_COUNT(paths); i++) {
    ok(ari_evidence_expand(&x.sources, paths[i], true, &files, &n, &x.fs) == ARI_OK, paths[i]);
    ari_free(files);
  }
  ok(x.sources.n == 5, "a file, three of a folder, and one that is not there");
  const char *const want[] = {"d.csv", "C.YML", "a.yaml", "b.csv", "nowhere.csv"};
  for (size_t i = 0; i < x.sources.n && i < 5; i++) ok(ari_str_ends(x.sources.items[i].name, want[i]), want[i]);
  is(found(&x), "W0408 W0408 E0409", "other suffixes are a warning each but the lock of an open workbook, an empty folder is an error");
  ari_findings_free(&x.fs);
  ok(ari_files_load(&x.sources, all, 5, 3, &(ari_office){0}, &x.fs) == ARI_MACHINE && x.fs.failures == 1 && x.sources.items[1].loaded, "loaded side by side; one is not there");
  ari_findings_free(&x.fs);
  char sheet[540];
  snprintf(sheet, sizeof sheet, "%s/sheet.ods", folder);
  ok(ari_evidence_expand(&x.sources, sheet, true, &files, &n, &x.fs) == ARI_OK && ari_files_load(&x.sources, files, n, 1, &(ari_office){0}, &x.fs) == ARI_MACHINE, "a spreadsheet that LibreOffice has to read");
  is(found(&x), "F0933@1:1", "... is answered with what to do");
  ari_free(files);
  ari_findings_free(&x.fs);
  ari_sources_free(&x.sources);
  ari_buf_free(&x.text);
  ari_folder_remove(folder);
  ari_folder_remove(below);
  ari_folder_remove(empty);
  rmdir(folder);
}

int main(void) {
  test_good();
  test_errors();
  test_kinds();
  test_folders();
  return done();
}
