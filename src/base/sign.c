/* Signatures and keys in minisign's format, so that its public tool verifies what is signed here, and the other way round: Ed25519 over BLAKE2b-512 of the
 * file ("ED"; of others also over the file itself, "Ed"), and once more over signature and trusted comment. */
#include "base.h"

#include <sodium.h>
#include <string.h>

enum {
  ID = 8, PUBLIC = crypto_sign_PUBLICKEYBYTES, SECRET = crypto_sign_SECRETKEYBYTES, SIGNATURE = crypto_sign_BYTES,
  SALT = crypto_pwhash_scryptsalsa208sha256_SALTBYTES, CHECK = 32, HASH = 64,
  LOCKED = ID + SECRET + CHECK,                       /* what the password covers: id, key, checksum */
  SECRET_FILE = 6 + SALT + 16 + LOCKED,               /* three algorithms, salt, two limits */
  PUBLIC_FILE = 2 + ID + PUBLIC, SIGNATURE_FILE = 2 + ID + SIGNATURE,
  LONGEST = 256                                       /* bytes of a line of base64 */
};
/* What a password costs who guesses it: half a second and 128 MiB here. Keys that others made may cost up to minisign's own 1 GiB. */
static const unsigned long long OPS = 4194304, MOST_OPS = crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE;
static const unsigned long long MEMORY = 134217728, MOST_MEMORY = crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE;

/* ---- lines ----------------------------------------------------------------------------------------------------------------- */

/* The next line without its end; *rest is what is behind it. */
static ari_str next_line(ari_str *rest) {
  const char *lf = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
  size_t n = lf ? (size_t)(lf - rest->p) : rest->n;
  ari_str line = ari_str_sub(*rest, 0, n);
  *rest = ari_str_sub(*rest, lf ? n + 1 : n, rest->n);
  if (ari_str_ends(line, "\r")) line.n--;
  return line;
}

/* A line of base64 that holds exactly n bytes. libsodium takes 0xAF for a slash. */
static bool read_bytes(ari_str line, unsigned char *out, size_t n) {
  size_t got = 0;
  for (size_t i = 0; i < line.n; i++)
    if ((unsigned char)line.p[i] >= 0x80) return false;
  const char *end = NULL;
  return sodium_base642bin(out, n, line.p, line.n, NULL, &got, &end, sodium_base64_VARIANT_ORIGINAL) == 0 && got == n && end == line.p + line.n;
}

static void put_bytes(ari_buf *b, const unsigned char *bytes, size_t n) {
  char text[LONGEST];
  sodium_bin2base64(text, sizeof text, bytes, n, sodium_base64_VARIANT_ORIGINAL);
  ari_buf_text(b, text);
  ari_buf_char(b, '\n');
  sodium_memzero(text, sizeof text);
}

/* The comment that begins every file, and the line of base64 behind it. */
static bool read_file(ari_str text, unsigned char *out, size_t n, ari_str *rest) {
  *rest = text;
  ari_str comment = next_line(rest);
  return ari_str_starts(comment, "untrusted comment: ") && read_bytes(next_line(rest), out, n);
}

static uint64_t get64(const unsigned char *p) {
  uint64_t v = 0;
  for (int i = 7; i >= 0; i--) v = v << 8 | p[i];
  return v;
}

static void put64(unsigned char *p, uint64_t v) {
  for (int i = 0; i < 8; i++) p[i] = (unsigned char)(v >> 8 * i);
}

void ari_key_name(const unsigned char id[8], char hex[17]) {
  static const char digits[] = "0123456789ABCDEF";
  for (int i = 0; i < 8; i++) {
    hex[2 * i] = digits[id[7 - i] >> 4];
    hex[2 * i + 1] = digits[id[7 - i] & 15];
  }
  hex[16] = '\0';
}

/* ---- keys ------------------------------------------------------------------------------------------------------------------- */

ari_signing ari_public_key_read(ari_str text, ari_public_key *out) {
  unsigned char raw[PUBLIC_FILE];
  ari_str rest;
  if (!read_file(text, raw, sizeof raw, &rest) || memcmp(raw, "Ed", 2) != 0) return ARI_SIGN_FORM;
  memcpy(out->id, raw + 2, ID);
  memcpy(out->key, raw + 2 + ID, PUBLIC);
  return ARI_SIGN_OK;
}

/* Of what a password covers, without it. */
static void check_sum(unsigned char sum[CHECK], const unsigned char locked[LOCKED]) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, NULL, 0, CHECK);
  crypto_generichash_update(&state, (const unsigned char *)"Ed", 2);
  crypto_generichash_update(&state, locked, ID + SECRET);
  crypto_generichash_final(&state, sum, CHECK);
}

/* Covers with a password what is open, and the other way round. False: out of memory. */
static bool cover(unsigned char locked[LOCKED], ari_str password, const unsigned char *salt, uint64_t ops, uint64_t memory) {
  unsigned char stream[LOCKED];
  if (crypto_pwhash_scryptsalsa208sha256(stream, sizeof stream, password.p, password.n, salt, ops, (size_t)memory) != 0) return false;
  for (size_t i = 0; i < sizeof stream; i++) locked[i] ^= stream[i];
  sodium_memzero(stream, sizeof stream);
  return true;
}

/* The second half of a key follows from the first. A key without a password has no checksum. */
static bool is_pair(const unsigned char secret[SECRET]) {
  unsigned char open[PUBLIC], again[SECRET];
  crypto_sign_seed_keypair(open, again, secret);
  bool same = sodium_memcmp(again, secret, SECRET) == 0;
  sodium_memzero(again, sizeof again);
  return same;
}

static ari_signing open_secret(unsigned char raw[SECRET_FILE], ari_str password, ari_secret_key *out) {
  unsigned char *salt = raw + 6, *limits = salt + SALT, *locked = limits + 16, sum[CHECK];
  bool open = memcmp(raw + 2, "\0\0", 2) == 0;
  if (memcmp(raw, "Ed", 2) != 0 || memcmp(raw + 4, "B2", 2) != 0 || (!open && memcmp(raw + 2, "Sc", 2) != 0)) return ARI_SIGN_FORM;
  uint64_t ops = get64(limits), memory = get64(limits + 8);
  if (!open && (ops > MOST_OPS || memory > MOST_MEMORY)) return ARI_SIGN_FORM;
  if (!open && !password.p) return ARI_SIGN_LOCKED;
  if (!open && !cover(locked, password, salt, ops, memory)) return ARI_SIGN_NO_MEMORY;
  check_sum(sum, locked);
  if (!open && sodium_memcmp(sum, locked + ID + SECRET, CHECK) != 0) return ARI_SIGN_PASSWORD;
  if (!is_pair(locked + ID)) return ARI_SIGN_FORM;
  memcpy(out->id, locked, ID);
  memcpy(out->key, locked + ID, SECRET);
  return ARI_SIGN_OK;
}

ari_signing ari_secret_key_read(ari_str text, ari_str password, ari_secret_key *out) {
  unsigned char raw[SECRET_FILE];
  ari_str rest;
  ari_signing result = read_file(text, raw, sizeof raw, &rest) ? open_secret(raw, password, out) : ARI_SIGN_FORM;
  sodium_memzero(raw, sizeof raw);
  return result;
}

void ari_secret_key_forget(ari_secret_key *key) { sodium_memzero(key, sizeof *key); }

ari_signing ari_key_make(ari_str password, ari_buf *public_file, ari_buf *secret_file) {
  unsigned char raw[SECRET_FILE] = {0}, open[PUBLIC_FILE], *salt = raw + 6, *limits = salt + SALT, *locked = limits + 16;
  char name[17];
  if (sodium_init() < 0) return ARI_SIGN_NO_MEMORY;
  memcpy(raw, "Ed\0\0B2", 6);
  memcpy(open, "Ed", 2);
  randombytes_buf(locked, ID);
  crypto_sign_keypair(open + 2 + ID, locked + ID);
  memcpy(open + 2, locked, ID);
  bool good = true;
  if (password.n) {
    check_sum(locked + ID + SECRET, locked);
    memcpy(raw + 2, "Sc", 2);
    randombytes_buf(salt, SALT);
    put64(limits, OPS);
    put64(limits + 8, MEMORY);
    good = cover(locked, password, salt, OPS, MEMORY);
  }
  ari_key_name(open + 2, name);
  ari_buf_printf(public_file, "untrusted comment: minisign public key %s\n", name);
  put_bytes(public_file, open, sizeof open);
  ari_buf_text(secret_file, password.n ? "untrusted comment: minisign encrypted secret key\n" : "untrusted comment: minisign secret key\n");
  put_bytes(secret_file, raw, sizeof raw);
  sodium_memzero(raw, sizeof raw);
  return good && !public_file->failed && !secret_file->failed ? ARI_SIGN_OK : ARI_SIGN_NO_MEMORY;
}

/* ---- signatures ------------------------------------------------------------------------------------------------------------- */

void ari_sign(ari_buf *out, const ari_secret_key *key, ari_str bytes, ari_str comment) {
  unsigned char raw[SIGNATURE_FILE], hash[HASH], all[SIGNATURE];
  ari_buf behind = {0};
  memcpy(raw, "ED", 2);
  memcpy(raw + 2, key->id, ID);
  crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes.p, bytes.n, NULL, 0);
  crypto_sign_detached(raw + 2 + ID, NULL, hash, sizeof hash, key->key);
  ari_buf_put(&behind, (const char *)raw + 2 + ID, SIGNATURE);
  ari_buf_str(&behind, comment);
  if (behind.failed) out->failed = true;
  else crypto_sign_detached(all, NULL, (const unsigned char *)behind.p, behind.n, key->key);
  ari_buf_text(out, "untrusted comment: signature from minisign secret key\n");
  put_bytes(out, raw, sizeof raw);
  ari_buf_text(out, "trusted comment: ");
  ari_buf_str(out, comment);
  ari_buf_char(out, '\n');
  if (!behind.failed) put_bytes(out, all, sizeof all);
  ari_buf_free(&behind);
}

static bool verifies(const unsigned char *signature, const unsigned char *bytes, size_t n, const ari_public_key *key) {
  return crypto_sign_verify_detached(signature, bytes, n, key->key) == 0;
}

ari_signing ari_signature_check(ari_str text, const ari_public_key *key, ari_str bytes, unsigned char id[8], ari_str *comment) {
  unsigned char raw[SIGNATURE_FILE], all[SIGNATURE], hash[HASH];
  const ari_str mark = ARI_STR("trusted comment: ");
  ari_str rest;
  if (!read_file(text, raw, sizeof raw, &rest)) return ARI_SIGN_FORM;
  *comment = next_line(&rest);
  bool hashed = memcmp(raw, "ED", 2) == 0;
  if ((!hashed && memcmp(raw, "Ed", 2) != 0) || !ari_str_starts(*comment, mark.p) || !read_bytes(next_line(&rest), all, sizeof all)) return ARI_SIGN_FORM;
  *comment = ari_str_sub(*comment, mark.n, comment->n);
  memcpy(id, raw + 2, ID);
  if (memcmp(id, key->id, ID) != 0) return ARI_SIGN_OTHER_KEY;
  crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes.p, bytes.n, NULL, 0);
  bool good = hashed ? verifies(raw + 2 + ID, hash, sizeof hash, key) : verifies(raw + 2 + ID, (const unsigned char *)bytes.p, bytes.n, key);
  if (!good) return ARI_SIGN_CHANGED;
  ari_buf behind = {0};
  ari_buf_put(&behind, (const char *)raw + 2 + ID, SIGNATURE);
  ari_buf_str(&behind, *comment);
  bool failed = behind.failed;
  good = !failed && verifies(all, (const unsigned char *)behind.p, behind.n, key);
  ari_buf_free(&behind);
  return failed ? ARI_SIGN_NO_MEMORY : good ? ARI_SIGN_OK : ARI_SIGN_COMMENT;
}
