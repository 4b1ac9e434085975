#!/usr/bin/perl
# Lists of values and answers of surveys, from the file to the points: random evidence against Math::BigRat, whatever its form (YAML, wide or long
# tables), the order of its files and the number of threads; a total by hand; advice that leaves them alone; a list of 100,000 values. All figures
# are invented. The seed is fixed: ARI_SEED takes another.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path(__FILE__));
use Harness qw($ari $tmp ok is done put start finish);
use List::Util qw(sum0 shuffle);
use Math::BigRat;
use Readers qw(csv_rows);

my $seed = $ENV{ARI_SEED} // 20261123;
srand $seed;
sub rat { Math::BigRat->new(shift) }
sub pick { $_[rand @_] }
sub ari { return finish(start($tmp, {ARI_LANG => 'en'}, $ari, @_)) }

# Points to 12 places, half away from zero, as `score --format csv` writes them.
my $e12 = Math::BigInt->new(10)->bpow(12);
sub written {
  my ($x) = @_;
  my $n = ($x->copy->babs * $e12 + rat('1/2'))->bfloor->numerator;
  my $digits = sprintf '%013s', $n->bstr;
  my $text = (substr($digits, 0, -12) . '.' . substr($digits, -12)) =~ s/\.?0+$//r;
  return ($x->is_neg && $n != 0 ? '-' : '') . $text;
}

mkdir "$tmp/set" or die;
put("$tmp/set/criteria.yaml", <<'Y');
ari: criteria/1
id: records
title: Records
period: year
rounding: {leaf: 12, total: 12}
empty: unscored
missing: exclude
criteria:
  - id: mean
    max: 100
    inputs: {marks: {type: number, list: true, from: 0, to: 100}}
    score: {share: mean(marks) / 100}
  - id: sum
    max: 1000
    over_max: cap
    inputs: {rates: {type: percent, list: true, from: 0}}
    score: {points: sum(rates) * 10}
  - id: count
    max: 10
    inputs: {days: {type: count, list: true}}
    score: {cases: [{when: count(days) = 0, points: 0}, {when: sum(days) / count(days) >= 5, points: max}, {points: 1}]}
  - id: survey
    max: 10
    inputs: {views: {type: survey, options: {good: Good, v.1: Fair, poor: Poor}}}
    score: {survey: views, options: {good: 100%, v.1: 35%, poor: 0.25}}
Y

# ---- random evidence ----

my %make = (
  marks => sub { pick(int rand 101, int(rand 1000) / 10, '3.6e-05', 100) },
  rates => sub { my $x = int(rand 300) / 100; pick($x, "$x%") },
  days => sub { int rand 12 },
);
my %home = (marks => 'mean', rates => 'sum', days => 'count', views => 'survey');
my @options = ('good', 'v.1', 'poor');
my (%evidence, %expected);
my @agencies = map { "a$_" } 1 .. 60;
for my $agency (@agencies) {
  my %e = map { my $make = $make{$_}; $_ => rand() < 0.1 ? undef : [map { $make->() } 1 .. pick(0, 1, 2, 3, 15)] } keys %make;
  $e{views} = rand() < 0.1 ? undef : [map { pick(0, 0, int rand 400) } @options];
  $evidence{$agency} = \%e;
  my ($marks, $rates, $days, $views) = @e{qw(marks rates days views)};
  my $total = sub { my $t = rat(0); $t += rat($_) for @_; $t };
  $expected{$agency} = {
    mean => !$marks ? 'missing' : !@$marks ? 'empty' : written($total->(@$marks) / @$marks),
    sum => !$rates ? 'missing' : written($total->(map { s/%//r } @$rates) / 10),   # percentages × 10 points
    count => !$days ? 'missing' : !@$days ? '0' : sum0(@$days) >= 5 * @$days ? '10' : '1',
    survey => !$views ? 'missing' : !sum0(@$views) ? 'empty' : written((rat($views->[0]) * 10 + rat($views->[1]) * rat('7/2') + rat($views->[2]) / 4) / sum0(@$views)),
  };
}
put("$tmp/set/agencies.csv", join '', "id,name,group\n", map { "$_,Agency $_,g\n" } @agencies);

sub in_yaml {
  my ($agency) = @_;
  my $e = $evidence{$agency};
  my $text = "ari: evidence/1\nagency: $agency\nperiod: 2026\nevidence:\n";
  for my $input (grep { $e->{$_} } qw(marks rates days)) { $text .= "  $home{$input}: {$input: [" . join(', ', @{$e->{$input}}) . "]}\n" }
  $text .= '  survey: {views: {' . join(', ', map { "$options[$_]: $e->{views}[$_]" } 0 .. 2) . "}}\n" if $e->{views};
  return $text . "  mean: {}\n" x !(grep { $e->{$_} } keys %$e);
}
sub cell { my ($list) = @_; return !$list ? '' : @$list ? join(pick(';', ' ; '), @$list) : '[]' }
sub in_table {
  my ($comma, @who) = @_;
  my @rows = (['agency', 'period', (map { "$home{$_}.$_" } qw(marks rates days)), map { "survey.views:$_" } @options]);
  push @rows, [$_, 2026, (map { cell($_) } @{$evidence{$_}}{qw(marks rates days)}), @{$evidence{$_}{views} // ['', '', '']}] for @who;
  return join '', map { join($comma, map { /;/ && $comma eq ';' ? "\"$_\"" : $_ } @$_) . "\n" } @rows;
}
sub in_long {
  my @rows;
  for my $agency (@_) {
    my $e = $evidence{$agency};
    push @rows, map { "$agency,2026,$home{$_},$_," . cell($e->{$_}) } grep { $e->{$_} } qw(marks rates days);
    push @rows, map { "$agency,2026,survey,views:$options[$_],$e->{views}[$_]" } $e->{views} ? (0 .. 2) : ();
  }
  return "agency,period,criterion,input,value\n" . join '', map { "$_\n" } shuffle(@rows);
}

# The points or states of all leaves, by agency and criterion.
sub leaves {
  my ($text) = @_;
  my %got;
  $got{$_->[0]}{$_->[1]} = $_->[3] eq 'scored' ? $_->[5] : $_->[3] for grep { $_->[2] eq '1' } csv_rows($text);
  return \%got;
}

my @given = grep { my $e = $evidence{$_}; grep { $e->{$_} } keys %$e } @agencies;
mkdir "$tmp/yaml" or die;
put("$tmp/yaml/$_.yaml", in_yaml($_)) for @given;
put("$tmp/comma.csv", in_table(',', @given));
put("$tmp/semicolon.csv", in_table(';', @given));
put("$tmp/long.csv", in_long(@given));
my ($status, $first, $err) = ari(qw(score set yaml -j 1 --format csv));
ok($status eq '0', "seed $seed: random lists and answers are scored", $err);
my ($got, @wrong) = leaves($first);
for my $agency (@given) {
  for my $leaf (sort keys %{$expected{$agency}}) {
    push @wrong, "$agency $leaf: $got->{$agency}{$leaf}, not $expected{$agency}{$leaf}" if ($got->{$agency}{$leaf} // 'nothing') ne $expected{$agency}{$leaf};
  }
}
ok(!@wrong, 'every point is what exact arithmetic gives', @wrong);
my %states = map { ($_ => 1) } map { values %$_ } values %expected;
ok($states{missing} && $states{empty} && keys %states > 50, 'and they are not all the same');
for my $form ('comma.csv', 'semicolon.csv', 'long.csv') {
  ($status, my $same, $err) = ari('score', 'set', $form, qw(-j 8 --format csv));
  ok($status eq '0' && $same eq $first, "the same bytes from $form", $err);
}
my $half = int(@given / 2);
put("$tmp/one.csv", in_long(@given[0 .. $half]));
put("$tmp/two.csv", in_table(',', @given[$half + 1 .. $#given]));
for (['one.csv', 'two.csv', 1], ['two.csv', 'one.csv', 8]) {
  my ($x, $y, $jobs) = @$_;
  ($status, my $same) = ari('score', 'set', $x, $y, '-j', $jobs, qw(--format csv));
  ok($status eq '0' && $same eq $first, "and from $x and $y with $jobs threads");
}
my @explained = map { [ari('explain', 'set', 'yaml', '--agency', $given[0], '-j', $_)] } 1, 8;
ok($explained[0][0] eq '0' && $explained[0][1] eq $explained[1][1], 'explain says the same with any number of threads');

# ---- by hand ----

put("$tmp/hand.csv", "agency,period,mean.marks,sum.rates,count.days,survey.views:good,survey.views:v.1,survey.views:poor\n"
  . "a1,2026,85;90.5;70,7.5%;50,4;6,10,3,2\n");
($status, my $hand) = ari(qw(score set hand.csv --format csv));
my $points = leaves($hand)->{a1};
is($points->{mean}, '81.833333333333', '(85 + 90.5 + 70) / 3 of 100');
is($points->{sum}, '5.75', '(0.075 + 0.5) * 10');
is($points->{count}, '10', '(4 + 6) / 2 >= 5');
is($points->{survey}, '7.4', '(10 * 10 + 3 * 3.5 + 2 * 0.25) / 15 = 111 / 15');
($status, my $sheet) = ari(qw(assess set hand.csv --agency a1 --format json));
ok($status eq '0' && $sheet =~ /"advice":\[\s*\]/ && $sheet !~ /views:good|"mean\.marks"/, 'no advice changes records or answers', $sheet);
put("$tmp/none.csv", "agency,period,mean.marks\na1,2026,50\n");
($status, $sheet) = ari(qw(assess set none.csv --agency a1 --format json));
ok($sheet =~ /sum\.rates/ && $sheet =~ /count\.days/ && $sheet =~ /survey\.views:good/ && $sheet =~ /survey\.views:poor/, 'but what is missing is listed', $sheet);

# ---- kept, reported, many ----

($status, undef, $err) = ari(qw(run set hand.csv --charts none -o out));
my @again = ari(qw(score out/ari.db --format csv));
ok($status eq '0' && $again[1] eq $hand, 'a database gives the same', $err, $again[2]);
my $html = do { local (@ARGV, $/) = ("$tmp/out/report.html"); <> };
ok($html =~ /The points are the mean over all answers|Điểm là trung bình của tất cả các câu trả lời/, 'the report says how answers count');
my $many = join ';', map { $_ % 101 } 0 .. 99_999;   # 990 times 0..100, whose sum is 5050, and 0..9, whose sum is 45
put("$tmp/many.csv", "agency,period,mean.marks\na1,2026,$many\n");
($status, my $all) = ari(qw(score set many.csv --format csv));
is(leaves($all)->{a1}{mean}, written(rat(990 * 5050 + 45) / 100_000), 'the mean of 100,000 values: 990 * (0 + ... + 100) + 0 + ... + 9, by 100,000');
($status, $all) = ari(qw(explain set many.csv --agency a1));
ok($all =~ /0; 1; 2; 3; 4; 5; 6; 7; 8; 9; … \(100000 values\)/ && length $all < 5000, 'and explain shows the first ten', substr $all, 0, 2000);
done();
