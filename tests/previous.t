#!/usr/bin/perl
# Last period: from rows of the evidence, from --previous (files, a folder, the database of its round), and for agencies that were merged. The arithmetic is
# written out; all figures are invented.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($ari $tmp ok is done slurp put start finish);

my $dir = "$tmp/set";
mkdir $dir;

# petitions: 10 x (received last year / received) where that is below 1, else 10. growth: last year's must be there.
sub set {
  my ($version, $more) = @_;
  return <<"YAML";
ari: criteria/1
id: merger
version: $version
${\($more // '')}title: Bộ thử
period: [year, month]
valid: {from: 2026}
rounding: {leaf: 2}
missing: withhold
criteria:
  - id: petitions
    max: 10
    inputs: {received: count}
    score: {points: "10 * min(1, previous(received) / received)"}
    empty: full
YAML
}
put("$dir/criteria.yaml", set(2026));
put("$dir/agencies.csv", <<'CSV');
id,name,group,from,until,replaces
a,Sở A (giả định),g,,2025-12,
b,Sở B (giả định),g,,2025-12,
c,Sở C (giả định),g,2026-01,,a;b
d,Sở D (giả định),g,,,
e,Sở E (giả định),g,,,x;y
f,Sở F (giả định),g,2027,,
CSV

sub ari { my ($status, $text, $err) = finish(start($tmp, {}, $ari, @_, '--lang', 'en')); return ($text, $err, $status) }
sub rank { my ($text, $err, $status) = ari('rank', @_, '--format', 'csv'); return "$status\n$err$text" }

# c has 80 of this year and what a and b had: 30 + 20 = 50; 10 x 50/80 = 6.25. d: 10 x 9/12 = 7.5. e had 3 of its own and x and y had 4 and 5: 12;
# 10 x 12/48 = 2.5. f does not exist yet.
my $now = "agency,period,petitions.received\nc,2026,80\nd,2026,12\ne,2026,48\n";
my $last = "agency,period,petitions.received\na,2025,30\nb,2025,20\nd,2025,9\ne,2025,3\nx,2025,4\ny,2025,5\n";
my $want = <<'CSV';
0
rank,agency,group,points,max,index,grade,state
1,d,g,7.5,10,75,,final
2,c,g,6.25,10,62.5,,final
3,e,g,2.5,10,25,,final
CSV
put("$tmp/now.csv", $now);
put("$tmp/last.csv", $last);
put("$tmp/both.csv", $now . ($last =~ s/^.*\n//r));
put("$tmp/nameless.csv", $last =~ s/,2025,/,/gr =~ s/,period,/,/r);
is(rank($dir, "$tmp/both.csv"), $want, 'both years in one file: the later one is scored');
is(rank($dir, "$tmp/now.csv", "$tmp/last.csv"), $want, 'in two files');
is(rank($dir, "$tmp/last.csv", "$tmp/now.csv"), $want, 'in the other order');
is(rank($dir, "$tmp/last.csv", "$tmp/now.csv", '--period', '2026'), $want, 'with the period said');
is(rank($dir, "$tmp/now.csv", '--previous', "$tmp/last.csv"), $want, '--previous names a file');
is(rank($dir, "$tmp/now.csv", '--previous', "$tmp/nameless.csv"), $want, 'whose rows name no period');
is(rank($dir, "$tmp/now.csv", '--period', '2026', '--previous', "$tmp/nameless.csv"), $want, 'and with the period said');
is(rank($dir, "$tmp/now.csv", "$tmp/last.csv", '-j', $_), $want, "read by $_") for 1, 8;
mkdir "$tmp/folder";
put("$tmp/folder/1.csv", $last =~ s/^a,.*\n//mr);
put("$tmp/folder/2.yaml", "ari: evidence/1\nagency: a\nperiod: 2025\nevidence:\n  petitions: {received: 30, claimed: 9, note: năm trước}\n");
is(rank($dir, "$tmp/now.csv", '--previous', "$tmp/folder"), $want, 'a folder; what was claimed then is passed over');

# The record keeps it: the database alone gives the same.
my ($text, $err, $status) = ari('run', $dir, "$tmp/now.csv", '--previous', "$tmp/nameless.csv", '-o', "$tmp/out");
is($status, 0, 'a run that is kept');
is(rank("$tmp/out/ari.db"), $want, 'from the database');
($text, $err, $status) = ari('verify', "$tmp/out/ari.db");
is($status, 0, 'which holds');

# Missing is never 0: b's figure of last year is not there, so c has none; d's neither.
put("$tmp/gap.csv", $last =~ s/^[bd],.*\n//mgr);
is(rank($dir, "$tmp/now.csv", "$tmp/gap.csv"), <<'CSV', 'what one of those merged had is not there');
0
rank,agency,group,points,max,index,grade,state
1,e,g,2.5,10,25,,final
,c,g,,10,,,withheld
,d,g,,10,,,withheld
CSV
# The merger was over in the last period: nobody but c reported.
put("$tmp/over.csv", "agency,period,petitions.received\nc,2025,40\nd,2025,9\ne,2025,3\nx,2025,4\ny,2025,5\n");
is(rank($dir, "$tmp/now.csv", "$tmp/over.csv"), $want =~ s/2,c,g,6.25,10,62.5/2,c,g,5,10,50/r, 'a figure of its own stands alone: 10 x 40/80');

# Months: the period before January is December.
put("$tmp/month.csv", "agency,period,petitions.received\nd,2026-01,4\nd,2025-12,3\n");
is(rank($dir, "$tmp/month.csv") =~ /^1,d,g,7.5,/m, 1, 'January is compared with December');
put("$tmp/far.csv", "agency,period,petitions.received\nd,2026,12\nd,2024,9\n");
($text, $err, $status) = ari('rank', $dir, "$tmp/far.csv");
is($status, 1, 'the year before the last is another period');
is($err =~ /E0458/ && $err =~ /far\.csv:3/, 1, 'told where it stands');
($text, $err, $status) = ari('rank', $dir, "$tmp/now.csv", '--previous', "$tmp/now.csv");
is($err =~ /^error\[E0615\]: "[^"]*now\.csv" is of 2026, but last period is 2025\n --> [^\n]*now\.csv:2:/ && $err !~ /E0458/, 1, '--previous of the period itself: told what it has to be');
put("$tmp/d.csv", "agency,period,petitions.received\nd,2025,9\n");
($text, $err, $status) = ari('rank', $dir, "$tmp/d.csv", '--previous', "$tmp/d.csv");
is($err =~ /E0457/ && $err !~ /E0458|E0615/, 1, 'of a period that the set does not hold for, last period\'s file is not blamed');
($text, $err, $status) = ari('rank', $dir, "$tmp/last.csv");
is($err =~ /E0457/, 1, 'last year alone is a year that the set is not made for');
put("$tmp/twice.csv", $now . "a,2025,30\na,2025,31\n");
($text, $err, $status) = ari('rank', $dir, "$tmp/twice.csv", '--keep-going', '--format', 'csv');
is($err =~ /E0460/ && $text =~ /^,c,g,.*invalid$/m && $text =~ /^,d,g/m, 1, 'said twice: whoever is scored by it is invalid');
put("$tmp/typo.csv", $now . "a,2025,3.000\n");
($text, $err, $status) = ari('rank', $dir, "$tmp/typo.csv", '--keep-going', '--format', 'csv');
is($err =~ /E0150/ && $text =~ /^,c,g,.*invalid$/m, 1, 'a mistake in what a merged agency had');

# The database of last year's round as --previous: same set, or a version that is declared comparable.
my $old = "$tmp/old";
mkdir $old;
put("$old/criteria.yaml", set(2025) =~ s/valid: .*\n//r =~ s/score: .*/score: {points: "min(10, received)"}/r);
put("$old/agencies.csv", "id,name,group\na,Sở A,g\nb,Sở B,g\nd,Sở D,g\ne,Sở E,g\nx,Sở X,g\ny,Sở Y,g\n");
($text, $err, $status) = ari('run', $old, "$tmp/last.csv", '-o', "$tmp/oldout");
is($status, 0, 'last year, run then');
($text, $err, $status) = ari('rank', $dir, "$tmp/now.csv", '--previous', "$tmp/oldout/ari.db");
is($status, 1, 'another version is refused');
is($err =~ /E0616/, 1, 'and told');
put("$dir/criteria.yaml", set(2026, "comparable: [2025]\n"));
is(rank($dir, "$tmp/now.csv", '--previous', "$tmp/oldout/ari.db"), $want, 'declared comparable');
($text, $err, $status) = ari('run', $dir, "$tmp/now.csv", '--previous', "$tmp/oldout/ari.db", '-o', "$tmp/out2");
is(rank("$tmp/out2/ari.db"), $want, 'kept, and derived again without the old database');
put("$tmp/next.csv", $now =~ s/2026/2027/gr);
($text, $err, $status) = ari('rank', $dir, "$tmp/next.csv", '--previous', "$tmp/oldout/ari.db");
is($err =~ /E0615/ && $status == 1, 1, 'a database of another year');

($text, $err, $status) = ari('rank', "$tmp/out/ari.db", '--previous', "$tmp/last.csv");
ok($status eq 2 && $err =~ /leave --previous out/, 'behind a database --previous would be passed over: refused', $err);

# explain says what it is made of.
($text, $err, $status) = ari('explain', $dir, "$tmp/both.csv", '--agency', 'c', '--criterion', 'petitions');
is($text =~ /30/ && $text =~ /20/ && $text =~ /2025/ && $text =~ /6\.25/, 1, 'the parts of a sum are shown') or print "# $text";
done();
