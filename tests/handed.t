#!/usr/bin/perl
# What a round tells those who hand in, move it on or open the next: decisions on other figures, what is late, documents of several files, what is still open, a period
# before that is not settled. All figures are invented.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($ari $tmp ok is done put slurp program start finish);
use File::Copy qw(copy);

my $sqlite = program('sqlite3') or do { print "Bail out! sqlite3 is missing\n"; exit 1 };
my %env;
sub ari { return finish(start($tmp, \%env, $ari, @_)) }
sub told {   # "status CODE CODE", what it said, what it told
  my ($status, $said, $e) = ari(@_, '--lang', 'en');
  return (join(' ', $status, $e =~ /\[([EFW]\d{4})\]/g), $said, $e);
}
sub sql { my ($base, $words) = @_; return (finish(start($tmp, {}, $sqlite, '-batch', "$tmp/$base", $words)))[1] }

mkdir "$tmp/set";
put("$tmp/set/criteria.yaml", <<'YAML');
ari: criteria/1
id: told
title: {vi: Bộ thử, en: Trial set}
period: year
rounding: {leaf: 2}
criteria:
  - id: files
    max: 10
    inputs: {done: count, all: count, late: {type: count, source: central}}
    score: {points: "if all = 0 then 0 else max * clamp((done - late) / all, 0, 1)"}
  - id: more
    max: 10
    inputs: {now: count}
    score: {points: "clamp(now - previous(now), 0, max)"}
  - id: style
    max: 10
    score: {judged: [0, 5, 10]}
YAML
put("$tmp/set/agencies.csv", "id,name,group\nx,Agency X,g\ny,Agency Y,g\n");
put("$tmp/both.csv", "agency,files.done,files.all,more.now\nx,8,10,5\ny,5,10,5\n");
put("$tmp/central.csv", "agency,files.late\nx,1\ny,0\n");
put("$tmp/last.csv", "agency,more.now\nx,3\ny,4\n");
put("$tmp/decide.csv", "agency,criterion,decision,input,value,reason\nx,files,inputs,done,7,counted again\ny,files,accept,,,fine\nx,style,points,,10,clear\n");
put("$tmp/x.csv", "agency,files.done,files.all\nx,10,10\n");

# ---- the deadline is that of the agencies ----

my ($how, $said, $e) = told('round', 'open', 'r.db', 'set', '--period', '2026', '--deadline', '2026-09-30', '--previous', 'last.csv');
is($how, 0, 'opened');
$env{SOURCE_DATE_EPOCH} = 1790812800;   # 2026-10-01T00:00:00Z
copy("$tmp/r.db", "$tmp/l.db");
($how) = told('submit', 'l.db', 'both.csv');
is($how, '0 W0645', 'what agencies hand in is late');
delete $env{SOURCE_DATE_EPOCH};
$env{SOURCE_DATE_EPOCH} = 1788220800;   # 2026-09-01T00:00:00Z
($how) = told('submit', 'r.db', 'both.csv');
is($how, 0, 'in time');
$env{SOURCE_DATE_EPOCH} = 1790812800;
told('round', 'set', 'r.db', 'appraising');
($how) = told('submit', 'r.db', 'central.csv');
is($how, 0, 'central figures are not');
is(join(' ', map { (split /,/)[10] } grep { /central\.csv/ } split /\n/, (ari('submissions', 'r.db', '--format', 'csv'))[1]), 'no no', '... nor are they marked');
is(join(' ', map { (split /,/)[10] } grep { /both\.csv/ } split /\n/, (ari('submissions', 'l.db', '--format', 'csv'))[1]), 'yes yes', '... as the others are');

# ---- decisions on other figures ----

told('appraise', 'r.db', 'decide.csv');
copy("$tmp/r.db", "$tmp/d.db");
for my $words (['two blanks', '  '], ['no-break spaces', "\x{c2}\x{a0}"]) {
  ($how) = told('round', 'set', 'd.db', 'collecting', '--reason', $words->[1]);
  is($how, '1 E0652', "a reason of $words->[0] is none");
}
told('round', 'set', 'd.db', 'collecting', '--reason', 'x hands in again');
($how, $said, $e) = told('submit', 'd.db', 'x.csv', '--by', 'X');
ok($how eq '0 W0645 W0662' && $e =~ /W0662\]: "files" of agency "x" was appraised on other figures.*x\.csv:2:.*decide\.csv:2:/s, 'evidence that comes after a decision: told with both places', $how, $e);
($how, $said, $e) = told('rank', 'd.db');
is($how, 0, 'and not again when the round is read');

# ---- what is still open ----

copy("$tmp/r.db", "$tmp/o.db");
($how, $said, $e) = told('round', 'set', 'o.db', 'final');
ok($how eq '0 W0663' && $e =~ /agency "y" is still provisional: 1 of its/, 'final, and a criterion of y is not judged yet', $how, $e);
($how, $said, $e) = told('round', 'set', 'o.db', 'published');
is($how, '0 W0663', 'published: told once more');
($how) = told('verify', 'o.db');
is($how, 0, 'it holds');
my $triggers = sql('o.db', "SELECT sql || ';' FROM sqlite_master WHERE type = 'trigger'");
my $drop = sql('o.db', "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger'");
sql('o.db', "$drop DELETE FROM log WHERE seq = (SELECT max(seq) FROM log); $triggers");
($how) = told('verify', 'o.db');
is($how, '1 E0636', 'its last entry, the score, is taken out: found without --head');

# ---- the period before ----

($how) = told('round', 'open', 'n.db', 'set', '--period', '2027', '--previous', 'r.db');
is($how, '0 W0664', 'last period from a round that is not published');
told('round', 'open', 'r.db', 'set', '--period', '2026', '--round', 'again', '--previous', 'last.csv');
($how) = told('round', 'open', 'm.db', 'set', '--period', '2027', '--previous', 'r.db');
is($how, '1 E0611', 'two rounds of that period');
($how) = told('round', 'open', 'm.db', 'set', '--period', '2027', '--previous', 'r.db:2026');
is($how, '0 W0664', 'one of them is named');

# ---- a document that several files name ----

mkdir "$tmp/in";
mkdir "$tmp/in/doc";
put("$tmp/in/doc/shared.pdf", '%PDF invented');
for my $agency ('x', 'y') {
  put("$tmp/in/$agency.yaml", "ari: evidence/1\nset: told\nagency: $agency\nperiod: 2026\nevidence:\n  files:\n    done: 8\n    all: 10\n"
    . "    documents: [{title: T, file: doc/shared.pdf}, {title: T, file: gone.pdf}, {title: U, file: doc/shared.pdf}]\n");
}
delete $env{SOURCE_DATE_EPOCH};
told('round', 'open', 's.db', 'set', '--period', '2026', '--previous', 'last.csv');
($how, $said, $e) = told('submit', 's.db', 'in');
ok($how =~ /^0 W0646 W0646( W\d+)*$/ && $e =~ m{in/x\.yaml:9:} && $e =~ m{in/y\.yaml:9:}, 'what is not there is told of each', $how, $e);
my $of = sub { return join ' ', map { join '/', (split /,/)[0, 11, 12] } grep { /\.yaml/ } split /\n/, (ari('submissions', 's.db', '--format', 'csv'))[1] };
is($of->(), 'x/2/1 y/2/1', 'and counted for each');
($how) = told('verify', 's.db');
is($how, 0, 'it holds');
# ---- what is replaced ----

# x hands in one criterion again, of which it had given two figures, and names one: the other is gone, and the answer says that something was replaced; y's and what was not named stay.
{
  my @words = ('round', 'open', 'p.db', 'set', '--period', '2026', '--previous', 'last.csv');
  told(@words);
  my (undef, $first) = told('submit', 'p.db', 'both.csv');
  ok($first !~ /takes the place/, 'the first that is handed in replaces nothing', $first);
  put("$tmp/part.csv", "agency,files.done\nx,9\n");
  my ($again, $part) = told('submit', 'p.db', 'part.csv');
  ok($again =~ /^0/ && $part =~ /takes the place of all that was accepted before in this many criteria \(agency by agency\): 1$/m, 'a part of a criterion replaces the whole, and it is said', $part);
  my (undef, $central) = told('submit', 'p.db', 'central.csv');
  ok($central !~ /takes the place/, 'figures of another origin replace nothing', $central);
}
done();
