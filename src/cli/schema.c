/* ari schema: what an editor needs to complete and check the files. */
#include "cli.h"

#include <stdio.h>

static int run(cli *c) {
  if (c->n_names > 1) return cli_misuse(c, cli_say(c, "mỗi lần chỉ in một loại; thừa '%s'", "one kind at a time; '%s' is too much"),
                                          c->names[1]);
  ari_status status = ari_write_schema(c->names[0], c->options.lang, cli_stdout());
  if (status != ARI_MISUSE) return cli_finish(c, NULL, status);
  char kinds[128] = "";
  for (size_t i = 0, n = 0; ari_schema_kind_at(i) && n < sizeof kinds; i++)
    n += (size_t)snprintf(kinds + n, sizeof kinds - n, "%s%s", i ? ", " : "", ari_schema_kind_at(i));
  return cli_misuse(c, cli_say(c, "không có loại tệp '%s'; viết một trong: %s", "there is no kind of file '%s'; write one of: %s"), c->names[0], kinds);
}

const cli_command cli_schema = {
    "schema", 0, 1, "criteria|agencies|evidence|survey|appraisal|explanation", "criteria|agencies|evidence|survey|appraisal|explanation",
    "In lược đồ JSON để trình soạn thảo gợi ý và kiểm tra tệp",
    "Prints the JSON Schema from which an editor completes and checks the files",
    "Ví dụ: ari schema criteria > criteria.json\n"
    "rồi ghi ở dòng đầu của tệp YAML: # yaml-language-server: $schema=criteria.json",
    "Example: ari schema criteria > criteria.json\n"
    "then write in the first line of the YAML file: # yaml-language-server: $schema=criteria.json", run};
