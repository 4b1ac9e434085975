/* Keys and signatures in minisign's format: what was signed verifies, whatever is changed does not, and each reason is told from the others. */
#include "base/base.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

/* Made with minisign 0.11 (minisign -GW, echo -n ari | minisign -S), so that the format is held to its public tool without it being there. */
static const char THEIR_KEY[] = "untrusted comment: minisign public key 23C86495358DB297\nRWSXso01lWTII9F8G9ITjmXcZYq2scMHyeEUatONqMogoTV8mkkYyWsF\n";
static const char THEIR_SIGNATURE[] = "untrusted comment: signature from minisign secret key\nRUSXso01lWTII+4Efa3nMlqcjVP5jFBKvwE7f9BqXylCZYopzAlGdG2dvE5CyRyQTaOIujXJpSlcpvADwXdHz//VgpTtLiFZ6wQ=\ntrusted comment: timestamp:1795453549\tfile:t.txt\thashed\njOXTlfjOIhFGfAKj9QhU08L4ja1kUPbS0FsB40sMFzuua7b7KekKxPb6Vl0zCJoYOUwHnKOoXH8wgED9nR08Aw==\n";
static const char THEIR_LEGACY[] = "untrusted comment: signature from minisign secret key\nRWSXso01lWTII8IVYUwDrq7To/aS8MpHXni5WKWQYwPO/zxByrk7KWh3dZvK6jAk96kZGkvEaVUfvwr8h5pjTTtDl6KSX6fuGgs=\ntrusted comment: timestamp:1795453549\tfile:t.txt\na5jaHfeqOhX+wb57EWhOM0uXsDXJuJetFLoCEfy9x0Rhi2zyIE4hAPEmd91QST10WbxQiNTUe5TAI0lvHSWqDQ==\n";
static const char THEIR_SECRET[] = "untrusted comment: minisign encrypted secret key\nRWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAl7KNNZVkyCNFpaJBwYSzBn6F5CTYJQbZAFlwNVFlbY8iydfHqa9frtF8G9ITjmXcZYq2scMHyeEUatONqMogoTV8mkkYyWsFAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";

static ari_public_key theirs;

static ari_signing check(ari_str text, const ari_public_key *key, const char *bytes) {
  unsigned char id[8];
  ari_str comment;
  return ari_signature_check(text, key, ari_str_of(bytes), id, &comment);
}

static void test_theirs(void) {
  char name[17];
  ari_secret_key secret;
  ok(ari_public_key_read(ari_str_of(THEIR_KEY), &theirs) == ARI_SIGN_OK, "a public key of minisign's");
  ari_key_name(theirs.id, name);
  is(name, "23C86495358DB297", "its number as minisign shows it");
  ok(check(ari_str_of(THEIR_SIGNATURE), &theirs, "ari") == ARI_SIGN_OK, "a signature of minisign's");
  ok(check(ari_str_of(THEIR_LEGACY), &theirs, "ari") == ARI_SIGN_OK, "one in its older form");
  ok(check(ari_str_of(THEIR_SIGNATURE), &theirs, "arj") == ARI_SIGN_CHANGED && check(ari_str_of(THEIR_LEGACY), &theirs, "arj") == ARI_SIGN_CHANGED, "of something else");
  ok(ari_secret_key_read(ari_str_of(THEIR_SECRET), (ari_str){0}, &secret) == ARI_SIGN_OK && memcmp(secret.id, theirs.id, 8) == 0, "a secret key of minisign's");
  ari_buf again = {0};
  ari_sign(&again, &secret, ARI_STR("ari"), ARI_STR("mine"));
  ok(check(ari_buf_view(&again), &theirs, "ari") == ARI_SIGN_OK, "signs here");
  ari_buf_free(&again);
}

static void test_keys(void) {
  ari_buf open = {0}, locked = {0}, plain = {0}, other = {0};
  ari_secret_key secret;
  ari_public_key key;
  ok(ari_key_make(ARI_STR("mật khẩu"), &open, &locked) == ARI_SIGN_OK && ari_key_make(ARI_STR(""), &other, &plain) == ARI_SIGN_OK, "keys are made");
  ok(ari_secret_key_read(ari_buf_view(&locked), (ari_str){0}, &secret) == ARI_SIGN_LOCKED, "one with a password");
  ok(ari_secret_key_read(ari_buf_view(&locked), ARI_STR("mat khau"), &secret) == ARI_SIGN_PASSWORD, "not with another");
  ok(ari_secret_key_read(ari_buf_view(&locked), ARI_STR("mật khẩu"), &secret) == ARI_SIGN_OK, "but with its own");
  ok(ari_public_key_read(ari_buf_view(&open), &key) == ARI_SIGN_OK && memcmp(key.id, secret.id, 8) == 0, "the two are a pair");
  ari_secret_key_forget(&secret);
  ok(memcmp(&secret, &(ari_secret_key){{0}, {0}}, sizeof secret) == 0, "and forgotten");
  ok(ari_secret_key_read(ari_buf_view(&plain), (ari_str){0}, &secret) == ARI_SIGN_OK, "one without a password");
  ok(ari_secret_key_read(ari_buf_view(&open), (ari_str){0}, &secret) == ARI_SIGN_FORM && ari_public_key_read(ari_buf_view(&locked), &key) == ARI_SIGN_FORM, "neither is the other");
  size_t good = 0, line = (size_t)(strchr(plain.p, '\n') - plain.p) + 1;
  for (size_t i = line; i + 1 < plain.n; i++) {   /* any other letter of base64 */
    char was = plain.p[i];
    plain.p[i] = was == 'A' ? 'B' : 'A';
    good += ari_secret_key_read(ari_buf_view(&plain), (ari_str){0}, &secret) != ARI_SIGN_OK;
    plain.p[i] = was;
  }
  /* Salt, limits and checksum mean nothing without a password, nor does the number of the key: 6 bytes of algorithms and 64 of the key are looked at. */
  ok(good >= (6 + 64) * 4 / 3, "a damaged key is told");
  for (size_t cut = 0; cut + 1 < plain.n; cut++) good += ari_secret_key_read(ari_str_sub(ari_buf_view(&plain), 0, cut), (ari_str){0}, &secret) == ARI_SIGN_OK ? 1000000 : 0;
  ok(good < 1000000, "and so is one that is cut off");
  ari_buf_free(&open), ari_buf_free(&locked), ari_buf_free(&plain), ari_buf_free(&other);
}

static void test_changes(void) {
  ari_buf open = {0}, secret_file = {0}, text = {0}, other = {0}, other_secret = {0};
  ari_public_key key, stranger;
  ari_secret_key secret;
  ari_str comment;
  unsigned char id[8];
  if (ari_key_make(ARI_STR(""), &open, &secret_file) != ARI_SIGN_OK || ari_key_make(ARI_STR(""), &other, &other_secret) != ARI_SIGN_OK) exit(1);
  if (ari_secret_key_read(ari_buf_view(&secret_file), (ari_str){0}, &secret) != ARI_SIGN_OK || ari_public_key_read(ari_buf_view(&open), &key) != ARI_SIGN_OK) exit(1);
  if (ari_public_key_read(ari_buf_view(&other), &stranger) != ARI_SIGN_OK) exit(1);
  ari_sign(&text, &secret, ARI_STR("gói hồ sơ"), ARI_STR("ký ngày 1"));
  ok(ari_signature_check(ari_buf_view(&text), &key, ARI_STR("gói hồ sơ"), id, &comment) == ARI_SIGN_OK && ari_str_is(comment, "ký ngày 1"), "what was signed verifies, with its comment");
  ok(check(ari_buf_view(&text), &key, "gói hồ sợ") == ARI_SIGN_CHANGED, "another text");
  ok(check(ari_buf_view(&text), &stranger, "gói hồ sơ") == ARI_SIGN_OTHER_KEY, "another key");
  memcpy(stranger.id, key.id, 8);
  ok(check(ari_buf_view(&text), &stranger, "gói hồ sơ") == ARI_SIGN_CHANGED, "another key with the same number");
  char *day = strstr(text.p, "ngày 1");
  day[strlen("ngày ")] = '2';
  ok(check(ari_buf_view(&text), &key, "gói hồ sơ") == ARI_SIGN_COMMENT, "another comment");
  day[strlen("ngày ")] = '1';
  size_t bad = 0, at = (size_t)(strchr(text.p, '\n') - text.p) + 1;
  for (size_t i = at; i + 1 < text.n; i++)   /* from the signature on every bit counts */
    for (int bit = 0; bit < 8; bit++) {
      text.p[i] ^= (char)(1 << bit);
      bad += check(ari_buf_view(&text), &key, "gói hồ sơ") == ARI_SIGN_OK;
      text.p[i] ^= (char)(1 << bit);
    }
  ok(bad == 0, "any bit");
  for (size_t cut = 0; cut + 1 < text.n; cut++) bad += check(ari_str_sub(ari_buf_view(&text), 0, cut), &key, "gói hồ sơ") == ARI_SIGN_OK;
  ok(bad == 0, "any cut");
  ari_buf_free(&open), ari_buf_free(&secret_file), ari_buf_free(&text), ari_buf_free(&other), ari_buf_free(&other_secret);
}

int main(void) {
  test_theirs();
  test_keys();
  test_changes();
  return done();
}
