/* XML of strangers, part by part of a workbook: expat under limits. Declared entities are how little text becomes much, and no spreadsheet
 * declares any, so a document type is refused before it is looked at (src/README.md, "Safety"). */
#include "inside.h"

#include <expat.h>
#include <string.h>

enum { DEPTH = 64, ELEMENTS = 1000000, NAMES = 1000, TAG = 1 << 18 };   /* expat keeps every name that it meets; TAG: bytes */

/* Names without their prefix: writers choose prefixes freely, and strict files have namespaces of their own. */
static ari_str local_name(const char *name) {
  const char *colon = strchr(name, ':');
  return ari_str_of(colon ? colon + 1 : name);
}

void ari_xml_stop(ari_xml *x, ari_code code) {
  if (!x->stopped) x->code = code;
  x->stopped = true;
  XML_StopParser((XML_Parser)x->parser, XML_FALSE);
}

static void stop_at_doctype(void *of, const char *name, const char *system, const char *public, int internal) {
  (void)name, (void)system, (void)public, (void)internal;
  ari_xml_stop(of, ARI_E0902);
}

/* A spreadsheet has some hundred names of elements and attributes. */
static void note_name(ari_xml *x, const char *name) {
  ari_str copy;
  if (x->stopped || ari_map_get(&x->names, ari_str_of(name)) >= 0) return;
  if (x->names.n == NAMES) ari_xml_stop(x, ARI_E0907);
  else if (!ari_str_copy(&x->memory, ari_str_of(name), &copy) || !ari_map_put(&x->names, copy, 1)) {
    x->no_memory = true;
    ari_xml_stop(x, ARI_E0907);
  }
}

static void open_element(void *of, const char *name, const char **attributes) {
  ari_xml *x = of;
  note_name(x, name);
  for (const char **a = attributes; *a && !x->stopped; a += 2) note_name(x, *a);
  if (++x->depth > DEPTH) ari_xml_stop(x, ARI_E0908);
  else if (++x->elements > ELEMENTS) ari_xml_stop(x, ARI_E0907);
  else if (!x->stopped) x->open(x, local_name(name), attributes);
}

static void close_element(void *of, const char *name) {
  ari_xml *x = of;
  x->depth--;
  if (!x->stopped && x->close) x->close(x, local_name(name));
}

static void take_text(void *of, const char *text, int n) {
  ari_xml *x = of;
  if (!x->keep || x->stopped) return;
  ari_buf_put(&x->text, text, (size_t)n);
  if (x->text.failed || x->text.n > ARI_XML_TEXT) ari_xml_stop(x, ARI_E0908);
}

ari_str ari_xml_attribute(const char **attributes, const char *name) {
  for (; *attributes; attributes += 2)
    if (ari_str_is(local_name(attributes[0]), name)) return ari_str_of(attributes[1]);
  return (ari_str){0};
}

/* Tags are short, and so is what stands between them; only inside a tag is there no telling before it ends. */
static bool has_long_tag(ari_str bytes) {
  const char *end = bytes.p + bytes.n;
  for (const char *p = bytes.p, *next; p < end; p = next + 1) {
    next = memchr(p, '<', (size_t)(end - p));
    if (!next) next = end;
    if (next - p > TAG) return true;
  }
  return false;
}

/* The whole part at once: expat reads a long token again and again when it comes in pieces. */
ari_status ari_xml_read(ari_xml *x, ari_str bytes) {
  static const XML_Memory_Handling_Suite memory = {ari_malloc, ari_realloc, ari_free};
  if (bytes.n && has_long_tag(bytes)) {
    x->code = ARI_E0908;
    return ARI_INPUT;
  }
  XML_Parser parser = XML_ParserCreate_MM(NULL, &memory, NULL);
  if (!parser) return ARI_NOMEM;
  x->parser = parser;
  XML_SetUserData(parser, x);
  XML_SetElementHandler(parser, open_element, close_element);
  XML_SetCharacterDataHandler(parser, take_text);
  XML_SetStartDoctypeDeclHandler(parser, stop_at_doctype);
  bool whole = XML_Parse(parser, bytes.p, (int)bytes.n, 1) == XML_STATUS_OK;
  bool no_memory = x->text.failed || x->no_memory || XML_GetErrorCode(parser) == XML_ERROR_NO_MEMORY;
  if (!whole && !x->stopped) x->code = ARI_E0903;
  XML_ParserFree(parser);
  x->parser = NULL;
  ari_buf_free(&x->text);
  ari_map_free(&x->names);
  ari_arena_free(&x->memory);
  return no_memory ? ARI_NOMEM : whole && !x->stopped ? ARI_OK : ARI_INPUT;
}
