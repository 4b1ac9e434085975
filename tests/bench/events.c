/* The floor under reading YAML: libyaml's own events of the files named, and nothing else. Prints how many. */
#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

static unsigned char *slurp(const char *path, size_t *n) {
  FILE *f = fopen(path, "rb");
  if (!f) return NULL;
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  unsigned char *bytes = malloc(size > 0 ? (size_t)size : 1);
  *n = bytes ? fread(bytes, 1, (size_t)size, f) : 0;
  fclose(f);
  return bytes;
}

static long count_events(const unsigned char *bytes, size_t n) {
  yaml_parser_t parser;
  yaml_event_t event;
  long count = 0;
  int end = 0;
  if (!yaml_parser_initialize(&parser)) return -1;
  yaml_parser_set_input_string(&parser, bytes, n);
  while (!end && yaml_parser_parse(&parser, &event)) {
    count++;
    end = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return count;
}

int main(int argc, char **argv) {
  long all = 0;
  char path[4096];
  (void)argc;
  (void)argv;
  while (fgets(path, sizeof path, stdin)) { /* one path a line: ten thousand do not fit on a command line */
    size_t n = 0, end = 0;
    while (path[end] && path[end] != '\n') end++;
    path[end] = '\0';
    unsigned char *bytes = slurp(path, &n);
    if (!bytes) return 1;
    all += count_events(bytes, n);
    free(bytes);
  }
  printf("%ld\n", all);
  return 0;
}
