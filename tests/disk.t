#!/usr/bin/perl
# The disk is full, or reports an error, at every step of writing in turn: status 3, the message names the file and the cause, and the file is as it was. What stands on read-only media is
# ranked, explained, verified, reported on, exported and copied. All figures are invented.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Digest::SHA qw(sha256_hex);
use File::Copy qw(copy);
use Harness qw($ari $out $tmp ok is done slurp put start finish);

my $shim = "$out/shims/fulldisk.so";
-e $shim or do { print "Bail out! $shim is missing: run through make\n"; exit 1 };
sub run { my ($env, @words) = @_; return finish(start($tmp, $env, $ari, @words)) }
sub must { my ($status, $said, $err) = run({}, @_, '--lang', 'en'); ok($status eq 0, "@_[0, 1]", $err); return $said }

mkdir "$tmp/set";
put("$tmp/set/criteria.yaml", <<'YAML');
ari: criteria/1
id: disk
title: Trial set
period: year
rounding: {leaf: 2}
criteria:
  - {id: own, title: Own, max: 10, inputs: {done: count, due: count}, score: {share: done / due}, empty: zero}
  - {id: judged, title: Judged, max: 10, score: {judged: [0, 5, 10]}}
YAML
put("$tmp/set/agencies.csv", "id,name,group\n" . join('', map { "a$_,Agency $_,g\n" } 1 .. 30));
put("$tmp/own.csv", "agency,own.done,own.due\n" . join('', map { "a$_,$_,30\n" } 1 .. 30));
put("$tmp/rulings.csv", "agency,criterion,decision,input,value,reason\n" . join('', map { "a$_,judged,points,,5,seen\n" } 1 .. 30));
my @open = ('--period', '2026');
must('round', 'open', 'c.db', 'set', @open);
copy("$tmp/c.db", "$tmp/a.db");
must('submit', 'a.db', 'own.csv');
must('round', 'set', 'a.db', 'appraising');
copy("$tmp/a.db", "$tmp/p.db");
must('appraise', 'p.db', 'rulings.csv');
must('round', 'set', 'p.db', 'final');
must('round', 'set', 'p.db', 'published');

# ---- no room, errors ----

my %trouble = (
  FULL_AT => {en => qr/failure\[F0005\]: the disk is full|failure\[F0614\]: "x\.db" could not be written/, vi => qr/sự cố\[F0005\]|sự cố\[F0614\]: không ghi được "x\.db"/},
  SYNC_AT => {en => qr/failure\[F0614\]: "x\.db" could not be written/, vi => qr/sự cố\[F0614\]: không ghi được "x\.db"/},
);
# The command with trouble at the first step, the second and so on, until there are no more; $db: what x.db is, '' for a file that is not there yet.
sub troubled {
  my ($db, @words) = @_;
  for my $kind (sort keys %trouble) {
    my ($steps, @wrong) = (0);
    while (1) {
      my $lang = ('en', 'vi')[$steps % 2];
      unlink "$tmp/x.db";
      copy("$tmp/$db", "$tmp/x.db") or die if $db;
      my ($status, $said, $err) = run({LD_PRELOAD => $shim, $kind => $steps + 1}, @words, '--lang', $lang);
      last if $status eq 0 || $steps > 500;
      $steps++;
      push @wrong, "step $steps: status $status\n$said$err" if $status ne 3 || $err !~ $trouble{$kind}{$lang} || $err !~ /x\.db/;
      # Where waiting for the disk fails, so does taking the change back: the next who opens the file does it.
      run({}, 'round', 'show', 'x.db') if $db && $kind eq 'SYNC_AT';
      push @wrong, "step $steps: the journal is left" if -e "$tmp/x.db-journal";
      push @wrong, "step $steps: the file was touched" if $db ? sha256_hex(slurp("$tmp/x.db")) ne sha256_hex(slurp("$tmp/$db")) : -e "$tmp/x.db";
    }
    ok($steps >= 2 && $steps < 500 && !@wrong, "@words[0, 1]: $kind of each step in turn", "$steps steps", map { split /\n/ } @wrong);
  }
}
troubled('', 'round', 'open', 'x.db', 'set', @open);
troubled('c.db', 'submit', 'x.db', 'own.csv');
troubled('a.db', 'appraise', 'x.db', 'rulings.csv');
troubled('a.db', 'round', 'set', 'x.db', 'final');

# ---- read-only media ----

# Permissions mean nothing to root: then as somebody else, where that one may run the program at all.
my @nobody = $> ? () : ($^X, '-e', '$) = "65534 65534"; $( = 65534; $< = $> = 65534; exec { $ARGV[0] } @ARGV or exit 127');
if ((finish(start($tmp, {}, @nobody, $ari, '--version')))[0] eq 0) {
  mkdir "$tmp/ro";
  mkdir "$tmp/written";
  chmod 0777, "$tmp/written";
  copy("$tmp/p.db", "$tmp/ro/p.db") or die;
  chmod 0444, "$tmp/ro/p.db";
  chmod 0555, "$tmp/ro";
  my $before = sha256_hex(slurp("$tmp/ro/p.db"));
  for my $words (['rank', 'ro/p.db', '--stage', 'computed'], ['score', 'ro/p.db', '--format', 'csv'], ['explain', 'ro/p.db', '--agency', 'a3', '--criterion', 'judged'], ['stages', 'ro/p.db'],
                 ['compare', 'ro/p.db', 'ro/p.db'], ['log', 'ro/p.db'], ['verify', 'ro/p.db'], ['report', 'ro/p.db', '-o', 'written/report.html'], ['export', 'ro/p.db', '-o', 'written/open'],
                 ['backup', 'ro/p.db', 'written/copy.db'], ['verify', 'written/copy.db']) {
    my ($status, $said, $err) = finish(start($tmp, {TMPDIR => "$tmp/written"}, @nobody, $ari, @$words, '--lang', 'en'));
    ok($status eq 0 && $said ne '', "@$words: from read-only media", "status $status", $said, $err);
  }
  ok(-s "$tmp/written/report.html" && -s "$tmp/written/open/manifest.json", 'what was asked for is there');
  is(sha256_hex(slurp("$tmp/ro/p.db")) . ' ' . join(' ', map { s{.*/}{}r } glob("$tmp/ro/*")), "$before p.db", 'nothing was touched and nothing was put beside it');
} else {
  ok(1, 'read-only media # SKIP the program lies where nobody else may run it');
}
done();
