/* What gnuplot drew, by format: is it whole, and what has to be mended before anybody sees it. */
#include "inside.h"

#include <string.h>

static const char *const suffixes[ARI_PICTURES] = {[ARI_PICTURE_SVG] = ".svg", [ARI_PICTURE_PNG] = ".png", [ARI_PICTURE_PDF] = ".pdf"};

const char *ari_picture_suffix(ari_picture_format format) { return suffixes[format]; }

static uint32_t read_u32(const char *p) {
  const unsigned char *u = (const unsigned char *)p;
  return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
}

/* Signature, then IHDR with the size; the last chunk is IEND with its checksum. */
static bool is_png(ari_str png, const ari_picture *want) {
  static const char head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", tail[] = "\0\0\0\0IEND\xae\x42\x60\x82";
  enum { HEAD = sizeof head - 1, TAIL = sizeof tail - 1, SIZE = 8 };
  if (png.n < HEAD + SIZE + TAIL || memcmp(png.p, head, HEAD) != 0 || memcmp(png.p + png.n - TAIL, tail, TAIL) != 0) return false;
  return read_u32(png.p + HEAD) == (uint32_t)want->width && read_u32(png.p + HEAD + 4) == (uint32_t)want->height;
}

static bool is_pdf(ari_str pdf) { return ari_str_starts(pdf, "%PDF-") && ari_str_ends(pdf, "%%EOF\n"); }

/* The same results give the same bytes: cairo writes the clock's time, as "/CreationDate (D:20261123125431Z)" outside of any stream. Offsets inside the
 * file do not change. */
static void put_pdf(ari_buf *b, ari_str pdf, int64_t now) {
  static const char key[] = "/CreationDate (D:";
  enum { KEY = sizeof key - 1, DIGITS = 14 };
  char text[48], digits[DIGITS + 1] = "";
  size_t n = 0;
  ari_time_text(now, ARI_AS_DATA, text);
  for (const char *p = text; *p && n < DIGITS; p++)
    if (*p >= '0' && *p <= '9') digits[n++] = *p;
  size_t at = pdf.n;
  for (size_t i = 0; i + KEY + DIGITS < pdf.n; i++)
    if (pdf.p[i] == '/' && memcmp(pdf.p + i, key, KEY) == 0) at = i + KEY; /* the last one: what comes before may be compressed text */
  if (at == pdf.n || n < DIGITS) {
    ari_buf_str(b, pdf);
    return;
  }
  ari_buf_str(b, ari_str_sub(pdf, 0, at));
  ari_buf_text(b, digits);
  ari_buf_str(b, ari_str_sub(pdf, at + DIGITS, pdf.n));
}

bool ari_picture_mend(ari_str bytes, const ari_picture *want, ari_buf *out) {
  switch (want->format) {
    case ARI_PICTURE_PNG:
      if (!is_png(bytes, want)) return false;
      ari_buf_str(out, bytes);
      return true;
    case ARI_PICTURE_PDF:
      if (!is_pdf(bytes)) return false;
      put_pdf(out, bytes, want->now);
      return true;
    default: return ari_svg_mend(bytes, want, out);
  }
}
