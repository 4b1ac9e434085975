#!/usr/bin/perl
# Two rounds side by side: what became of everybody, also of agencies that took the place of others, and of criteria that came or went. All figures are invented; the arithmetic is
# written out.
use strict;
use warnings;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($ari $tmp ok is done put start finish);

sub ari { my ($status, $text, $err) = finish(start($tmp, {}, $ari, @_, '--lang', 'en')); return ($status, $text, $err) }

# A set of two criteria of 10 points: share of a count out of 10. The second is called `other` or `third`.
sub set {
  my ($version, $second, $more) = @_;
  return <<"YAML";
ari: criteria/1
id: two
version: $version
${\($more // '')}title: {vi: Bộ thử, en: Trial set}
period: year
rounding: {leaf: 2}
criteria:
  - {id: one, max: 10, inputs: {n: count}, score: {share: n / 10}}
  - {id: $second, max: 10, inputs: {n: count}, score: {share: n / 10}}
YAML
}
sub make {
  my ($year, $criteria, $agencies, $evidence) = @_;
  mkdir "$tmp/set$year";
  put("$tmp/set$year/criteria.yaml", $criteria);
  put("$tmp/set$year/agencies.csv", $agencies);
  put("$tmp/$year.csv", $evidence);
  my ($status, undef, $err) = ari('run', "set$year", "$year.csv", '--period', $year, '-o', "out$year", '--charts', 'none');
  ok($status == 0, "the round of $year", $err);
  return "out$year/ari.db";
}

# 2025: a 5 + 5 = 10 of 20 = 50 %, b 6 + 8 = 14 = 70 %, c 9 + 9 = 18 = 90 %, gone 1 + 1 = 2 = 10 %. y was replaced by z in 2026 and z by d in 2027.
my $first = make(2025, set('1', 'other'), <<'CSV', <<'CSV2');
id,name,group
a,Agency A,g
b,Agency B,g
c,Agency C,g
y,Agency Y,g
gone,Agency Gone,g
CSV
agency,one.n,other.n
a,5,5
b,6,8
c,9,9
y,4,2
gone,1,1
CSV2
# 2027: a 7 + 8 = 15 = 75 %; m took the place of b and c: 8 + 8 = 16 = 80 %; d that of z, which had taken y's: 2 + 2 = 4 = 20 %; new is new and has nothing.
my $second = make(2027, set('2', 'third', "comparable: [1]\n"), <<'CSV', <<'CSV2');
id,name,group,from,until,replaces
a,Agency A,g,,,
m,Agency M,g,2026,,b;c
z,Agency Z,g,2026,2026,y
d,Agency D,g,2027,,z
new,Agency New,g,2027,,
CSV
agency,one.n,third.n
a,7,8
m,8,8
d,2,2
CSV2

my ($status, $csv, $err) = ari('compare', $first, $second, '--format', 'csv');
is("$status\n$err", "0\n", 'compare succeeds');
my %rows = map { my @c = split /,/, $_, -1; ("$c[0],$c[1],$c[2]" => join(',', @c[3 .. 13])) } split /\n/, $csv;
is((split /\n/, $csv)[0], 'agency,before,criterion,level,state_before,state,points_before,points,max_before,max,index_before,index,rank_before,rank', 'the columns');
is($rows{'a,a,total'}, '0,final,final,10,15,20,20,50,75,3,2', 'an agency that stayed');
is($rows{'a,a,one'}, '1,scored,scored,5,7,10,10,,,,', 'its criterion');
is($rows{'a,a,third'}, '1,,scored,,8,,10,,,,', 'a criterion that is new');
is($rows{'a,a,other'}, '1,scored,,5,,10,,,,,', 'a criterion that is gone');
is($rows{'m,b,total'}, '0,final,final,14,16,20,20,70,80,2,1', 'an agency that took the place of two, beside the one');
is($rows{'m,c,total'}, '0,final,final,18,16,20,20,90,80,1,1', '... and beside the other');
is($rows{'d,y,total'}, '0,final,final,6,4,20,20,30,20,4,3', 'an agency that took the place of one that took the place of one');
is($rows{'new,,total'}, '0,,absent,,,,,,,,4', 'an agency that is new');
is($rows{',gone,total'}, '0,final,,2,,20,,10,,5,', 'an agency that is gone');
ok(keys(%rows) == 1 + 4 * 4 + 1 + 3, 'and no more: four pairs of four criteria, the new one\'s total, three of the one that is gone', $csv);

my ($s2, $table) = ari('compare', $first, $second);
ok($s2 == 0 && $table =~ /^  a +Agency A +10\.00 +15\.00 +\+5\.00 +50\.00 +75\.00 +\+25\.00 +3 → 2$/m, 'the table says what changed', $table);
ok($table =~ /^  b → m .* 2 → 1$/m && $table =~ /^  gone → – /m, '... and who became what', $table);
my ($s3, $one) = ari('compare', $first, $second, '--agency', 'm');
ok($s3 == 0 && $one =~ /^b → m\n.*^    one +one +6 +8 +\+2 +scored\n.*^c → m\n.*^    one +one +9 +8 +−1 /ms, 'criterion by criterion', $one);
my ($s4, undef, $e4) = ari('compare', $first, $second, '--agency', 'q');
ok($s4 == 2 && $e4 =~ /neither round has an agency 'q'/, 'an agency that is in neither', $e4);

my ($s5, undef, $e5) = ari('compare', $second, $first);
ok($s5 == 1 && $e5 =~ /E0572/ && $e5 =~ /2027 is later than 2025/, 'the later round first is refused', $e5);
my $other = make(2028, set('3', 'third'), "id,name,group\na,Agency A,g\n", "agency,one.n,third.n\na,1,1\n");
my ($s6, undef, $e6) = ari('compare', $first, $other);
ok($s6 == 1 && $e6 =~ /E0571/, 'sets that do not declare their results comparable are refused', $e6);
my ($s7, undef, $e7) = ari('compare', $first, "$second:trial");
ok($s7 == 0, 'a round named behind a colon', $e7);
my ($s8, $json) = ari('compare', $first, $second, '--format', 'json');
ok($s8 == 0 && $json =~ /"criterion":"total","level":0,"before":\{"agency":"b","name":"Agency B","state":"final","points":14,"max":20,"index":70,"rank":2\}/, 'JSON', $json);
done();
