/* The program: reads the command line and runs one command. */
#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN); /* a closed pipe is noticed when writing and ends with status 3 */
  signal(SIGXFSZ, SIG_IGN); /* likewise a file that may not become larger */
  cli c = {0};
  int status = cli_read(&c, argc, argv);
  if (status == 0) {
    if (c.version || c.help) {
      if (c.version) puts("ari " ARI_VERSION);
      else cli_help(&c);
      status = cli_finish(&c, NULL, ARI_OK);
    } else {
      status = c.command->run(&c);
    }
  }
  free(c.names);
  return status;
}
