#!/usr/bin/perl
# A composite indicator of 51 countries and 49 indicators in three levels, with missing values: each indicator is placed between the least
# and the greatest of all countries (`cohort: all`, `between: cohort`, `better: low` where less is better), and every level is the mean of
# what is there. Normalised values, every node and every rank are those that COINr published. See tests/published/README.md.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path(__FILE__));
use Harness qw($top $ari $tmp ok is done put start finish);
use Readers qw(slurp csv_rows);

my $here = "$top/tests/published/asem";
my ($head, @meta) = csv_rows(slurp("$here/structure.csv"));
my %at = map { $head->[$_] => $_ } 0 .. $#$head;
my ($columns, @units) = csv_rows(slurp("$here/indicators.csv"));
my %column = map { $columns->[$_] => $_ } 0 .. $#$columns;

# ---- the set, from the table of the structure -------------------------------------------------------------------------------------------

my (%below, @indicators);
for my $m (@meta) {
  my ($code, $parent, $type) = @$m[@at{qw(iCode Parent Type)}];
  push @{$below{$parent}}, $m if $type eq 'Indicator' || $type eq 'Aggregate';
  push @indicators, $code if $type eq 'Indicator';
}

sub criterion {
  my ($m, $indent) = @_;
  my ($code, $name) = @$m[@at{qw(iCode iName)}];
  my $text = "$indent- id: $code\n$indent  title: \"$name\"\n";
  if (my $children = $below{$code}) {
    return join '', $text, "$indent  criteria:\n", map { criterion($_, "$indent    ") } @$children;
  }
  my $better = $m->[$at{Direction}] eq '-1' ? 'low' : 'high';
  return $text . "$indent  inputs: {x: number}\n$indent  score: {minmax: x, between: cohort, better: $better}\n";
}

my ($index) = @{$below{''}};
mkdir "$tmp/set" or die;
put("$tmp/set/criteria.yaml", join '', <<'END', map { criterion($_, '  ') } @{$below{$index->[$at{iCode}]}});
ari: criteria/1
id: asem
title: Sustainable connectivity
period: year
max: 100
combine: mean
cohort: all
missing: exclude
empty: exclude
rounding: {leaf: 12, node: 12, total: 12, index: 12}
ranking: {on: exact, within: all}
criteria:
END

# ---- agencies and evidence: the columns as they stand ------------------------------------------------------------------------------------

put("$tmp/set/agencies.csv", join '', "id,name,group\n", map { qq($_->[$column{uCode}],"$_->[$column{uName}]",$_->[$column{EurAsia_group}]\n) } @units);
put("$tmp/evidence.csv", join "\n", join(',', 'agency', map { "$_.x" } @indicators),
    (map { my $u = $_; join ',', $u->[$column{uCode}], map { $u->[$column{$_}] } @indicators } @units), '');

sub run_ari {
  my ($command) = @_;
  return finish(start($tmp, {}, $ari, '--lang', 'en', $command, 'set', 'evidence.csv', '--period', '2018', '--format', 'csv'));
}
my ($status, $scores, $said) = run_ari('score');
is("$status$said", '0', 'scored without a word');

my %got;
for (csv_rows($scores)) {
  my ($unit, $criterion, undef, undef, undef, $points) = @$_;
  $got{$unit}{$criterion eq 'total' ? $index->[$at{iCode}] : $criterion} = $points;
}

# ---- every value and every rank --------------------------------------------------------------------------------------------------------------

my ($score_head, @scores) = csv_rows(slurp("$here/scores.csv"));
my (@wrong, $values, $absent);
for my $row (@scores) {
  for my $i (1 .. $#$score_head) {
    my ($want, $have) = ($row->[$i], $got{$row->[0]}{$score_head->[$i]} // 'no row');
    $want = '' if $want eq 'NA';
    $values++;
    $absent++ if $want eq '';
    next if $want eq '' ? $have eq '' : $have ne '' && $have ne 'no row' && abs($have - $want) < 1e-9;
    push @wrong, "$row->[0] $score_head->[$i]: $have, published $want";
  }
}
ok(@scores == 51 && $#$score_head == 60, '51 countries, 49 indicators and 11 nodes');
ok(!@wrong, "$values values are within 1e-9 of the published ones, $absent of them absent", @wrong);

my ($rank_head, @ranks) = csv_rows(slurp("$here/ranks.csv"));
# GRC TolMin is 5.1000000000000005 in the table, others 5.0999999999999996: noise of binary numbers, which the published ranks tell apart.
# What is compared is rounded to 12 places: the three share rank 24.
my (@misplaced, $places);
for my $i (1 .. $#$rank_head) {
  my $name = $rank_head->[$i];
  my @figures = grep { $_ ne '' } map { $got{$_->[0]}{$name} // '' } @ranks;
  for my $row (@ranks) {
    my $have = $got{$row->[0]}{$name} // '';
    my $rank = $have eq '' ? '' : 1 + grep { $_ > $have } @figures;
    my $want = $row->[$i] eq 'NA' ? '' : $row->[$i];
    $places++;
    push @misplaced, "$row->[0] $name: rank $rank, published $want" if $rank ne $want && "$row->[0] $name" ne 'GRC TolMin';
  }
}
ok($#$rank_head == 60, 'ranks of all of them');
ok(!@misplaced, "$places ranks are the published ones", @misplaced);

($status, my $ranking, $said) = run_ari('rank');
my %rank = map { $_->[1] => $_->[0] } csv_rows($ranking);
my ($last) = grep { $rank_head->[$_] eq 'Index' } 1 .. $#$rank_head;
my @other = map { "$_->[0]: $rank{$_->[0]}, published $_->[$last]" } grep { ($rank{$_->[0]} // '') ne $_->[$last] } @ranks;
ok($status eq '0' && !@other, 'and so is the ranking by the index', @other);

# Belgium has 20.57 of 0 to 21.17, rounded to 12 places; the arithmetic is shown with the figures of all.
my ($status2, $explained) = finish(start($tmp, {}, $ari, '--lang', 'en', 'explain', 'set', 'evidence.csv', '--period', '2018', '--agency', 'BEL', '--criterion', 'Ship'));
my ($x) = map { sprintf('%.12f', $_->[$column{Ship}]) =~ s/0+$//r } grep { $_->[$column{uCode}] eq 'BEL' } @units;
ok($explained =~ /Compared with: all agencies; agencies with figures: 51; least 0, greatest 21\.1719761\n    \(\Q$x\E − 0\) \/ \(21\.1719761 − 0\) = 0\.9/, 'explain names the others', $explained);
done();
