/* Rows for other programs, of any kind: CSV with a head, or a JSON array of objects. */
#include "inside.h"

ari_status ari_write_rows(ari_work *work, const ari_rows *rows, bool json, ari_sink to) {
  ari_out out = {.sink = to};
  bool more = true;
  ari_out_text(&out, json ? "[" : rows->head);
  for (size_t i = 0; more && !out.failed; i++) {
    size_t start = out.buf.n;
    if (json) ari_buf_text(&out.buf, i ? ",\n" : "\n");
    more = rows->put(work, i, json, &out.buf);
    if (more && !json) ari_buf_char(&out.buf, '\n');
    if (!more) out.buf.n = start;
    else ari_out_flush_if_full(&out);
  }
  if (json) ari_out_text(&out, "\n]\n");
  ari_status status = ari_out_close(&out);
  return work->failed ? ARI_NOMEM : status;
}
