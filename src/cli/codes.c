/* ari codes: what a message means. */
#include "cli.h"

#include <stdio.h>
#include <strings.h>

static int run(cli *c) {
  const char *name, *sentence, *help;
  size_t found = 0;
  for (size_t n = 0; ari_code_at(n, c->options.lang, &name, &sentence, &help); n++) {
    bool wanted = c->n_names == 0;
    for (size_t i = 0; i < c->n_names; i++) wanted = wanted || strcasecmp(c->names[i], name) == 0;
    if (!wanted) continue;
    printf("%s  %s\n", name, sentence);
    if (*help && c->n_names) printf("       %s\n", help);
    found++;
  }
  if (c->n_names && found == 0) return cli_misuse(c, cli_say(c, "không có mã '%s'", "there is no code '%s'"), c->names[0]);
  return cli_finish(c, NULL, ARI_OK);
}

const cli_command cli_codes = {
    "codes", 0, 0, "[MÃ…]", "[CODE…]",
    "Nghĩa của các mã thông báo", "What the message codes mean",
    "Ví dụ: ari codes E0203", "Example: ari codes E0203", run};
