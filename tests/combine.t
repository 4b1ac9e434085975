#!/usr/bin/perl
# Random trees in which criteria come together in every way, against Math::BigRat: mean, weighted, harmonic, min and sum on several levels,
# with criteria that are left out. And what must not matter: the scale of relative weights, the order of criteria. The geometric mean is
# held to its definition: its n-th power is the product. The seed is fixed: ARI_SEED takes another one.
use strict;
use warnings;
use File::Temp qw(tempdir);
use List::Util qw(shuffle);
use Math::BigInt try => 'FastCalc';
use Math::BigRat try => 'FastCalc';

my $ari = ($ENV{ARI_OUT} // '') . '/ari';
-x $ari or do { print "Bail out! $ari is not there: run through make\n"; exit 1 };
my $seed = $ENV{ARI_SEED} // 20180719;
my ($SETS, $AGENCIES) = (16, 20);
my $tmp = tempdir(CLEANUP => 1);
srand $seed;

my ($count, $combined, $left_out) = (0, 0, 0);

sub ok($$;@) {
  my ($good, $name, @why) = @_;
  $count++;
  print(($good ? '' : 'not '), "ok $count - $name\n");
  return if $good;
  print "# $_\n" for @why > 12 ? (@why[0 .. 11], '...') : @why;
}

sub pick { $_[rand @_] }
sub rat { Math::BigRat->new(shift) }
my @ten = map { Math::BigInt->new(10)->bpow($_) } 0 .. 12;

# $x rounded half up to $d decimals; nothing here is below 0.
sub round_to {
  my ($x, $d) = @_;
  my ($q, $rest) = ($x->numerator * $ten[$d])->bdiv($x->denominator);
  $q->binc if ($rest * 2)->bcmp($x->denominator) >= 0;
  return Math::BigRat->new($q, $ten[$d]);
}

# Shortest decimals of a figure with at most 12.
sub text {
  my ($x) = @_;
  my $digits = ($x * $ten[12])->numerator->bstr;
  $digits = '0' x (13 - length $digits) . $digits if length $digits < 13;
  my $fraction = substr $digits, -12;
  $fraction =~ s/0+$//;
  return substr($digits, 0, -12) . (length $fraction ? ".$fraction" : '');
}

# ---- a tree -----------------------------------------------------------------------------------------------------------------------------

# {id, combine, kids, max, weight} and for leaves {id, max, policy, weight}.
sub make_node {
  my ($id, $level, $max) = @_;
  my $node = {id => $id, max => $max, kids => []};
  if ($level == 3 || $level && rand() < 0.5) {
    $node->{policy} = pick(qw(exclude spread zero unscored full));
    return $node;
  }
  $node->{combine} = pick(qw(mean weighted harmonic min sum));
  my @max = map { pick(1, 4, 10, '2.5', '10/3', 100) } 1 .. 2 + int rand 3;
  if ($node->{combine} eq 'sum') {
    $node->{max} = rat(0);
    $node->{max} += rat($_) for @max;
    $node->{max} = $node->{max}->bstr;
  }
  $node->{kids} = [map { make_node($id eq 'total' ? "c$_" : "$id.$_", $level + 1, $max[$_ - 1]) } 1 .. @max];
  if ($node->{combine} eq 'sum') {   # sums below may have maxima of their own
    $node->{max} = rat(0);
    $node->{max} += rat($_->{max}) for @{$node->{kids}};
    $node->{max} = $node->{max}->bstr;
  }
  $_->{weight} = pick(0, 1, 2, 3, '0.5', '1/3', 7) for @{$node->{kids}};
  $node->{kids}[0]{weight} = 5;
  return $node;
}

sub yaml {
  my ($node, $pad, $scale, $in_weighted) = @_;
  my $text = $node->{id} eq 'total' ? '' : "$pad- id: $node->{id}\n";
  my $in = $node->{id} eq 'total' ? '' : "$pad  ";
  $text .= "${in}max: $node->{max}\n";
  $text .= "${in}weight: " . (rat($node->{weight}) * $scale)->bstr . "\n" if $in_weighted;
  if ($node->{combine}) {
    my $weighted = $node->{combine} eq 'weighted';
    $text .= "${in}combine: $node->{combine}\n" . ($weighted ? "${in}weights: relative\n" : '') . "${in}criteria:\n";
    $text .= yaml($_, $in eq '' ? '  ' : "$in  ", $scale, $weighted) for @{$node->{kids}};
  } else {
    $text .= "${in}inputs: {a: count, b: count}\n${in}empty: $node->{policy}\n${in}score: {share: a / b}\n";
  }
  return $text;
}

sub leaves { my ($node) = @_; return $node->{combine} ? map { leaves($_) } @{$node->{kids}} : $node }
sub shuffled { my ($node) = @_; return {%$node, kids => [map { shuffled($_) } shuffle @{$node->{kids}}]} }

# ---- the oracle -------------------------------------------------------------------------------------------------------------------------

my ($LEAF, $NODE) = (3, 5);

# [points or undef, A, state or '', unrounded, M] of every node into $f, children first.
sub score {
  my ($node, $values, $f) = @_;
  my $max = rat($node->{max});
  if (!$node->{combine}) {
    my ($a, $b) = @{$values->{$node->{id}}};
    my $policy = $b ? 'scored' : $node->{policy};
    my $raw = $b ? $max * rat("$a/$b") : $policy eq 'full' ? $max : $policy eq 'zero' ? rat(0) : undef;
    my $out = $policy eq 'exclude' || $policy eq 'spread';
    $left_out++ if $out;
    $f->{$node->{id}} = {points => defined $raw ? round_to($raw, $LEAF) : undef, max => $out ? rat(0) : $max, state => $b ? 'scored' : 'empty',
                         raw => $raw, spread => $policy eq 'spread'};
    return;
  }
  score($_, $values, $f) for @{$node->{kids}};
  my @kids = map { {node => $_, %{$f->{$_->{id}}}} } @{$node->{kids}};
  if ($node->{combine} eq 'sum') {
    my @to = grep { !$_->{node}{combine} && $_->{state} eq 'scored' } @kids;
    for my $from (@to ? grep { $_->{spread} } @kids : ()) {
      $_->{max} += rat($from->{node}{max}) / @to for @to;
    }
    for my $kid (@to) {
      my $own = rat($kid->{node}{max});
      next if $kid->{max} == $own;
      $kid->{points} = round_to($kid->{raw} * $kid->{max} / $own, $LEAF);
      @{$f->{$kid->{node}{id}}}{qw(points max)} = @$kid{qw(points max)};
    }
  }
  $f->{$node->{id}} = combine($node, $max, @kids);
}

sub combine {
  my ($node, $max, @kids) = @_;
  my $result = {state => '', max => $max};
  my $any = grep { defined $_->{points} } @kids;
  my $points = rat(0);
  if ($node->{combine} eq 'sum') {
    $result->{max} = rat(0);
    $result->{max} += $_->{max} for @kids;
    $points += $_->{points} for grep { defined $_->{points} } @kids;
  } else {
    my @there = grep { $_->{max} > 0 && ($node->{combine} ne 'weighted' || rat($_->{node}{weight}) > 0) } @kids;
    return {state => '', max => rat(0)} unless @there;
    my @v = map { ($_->{points} // rat(0)) / $_->{max} } @there;
    my @w = map { $node->{combine} eq 'weighted' ? rat($_->{node}{weight}) : rat(1) } @there;
    my ($sum, $mix) = (rat(0), rat(0));
    $sum += $_ for @w;
    if ($node->{combine} eq 'min') { ($mix) = sort { $a <=> $b } @v }
    elsif ($node->{combine} eq 'harmonic') {
      unless (grep { $_ == 0 } @v) {
        $mix += 1 / $_ for @v;
        $mix = @v / $mix;
      }
    } else { $mix += $v[$_] * $w[$_] / $sum for 0 .. $#v }
    $points = $max * $mix;
    $combined++;
  }
  $result->{unrounded} = $points;
  $result->{points} = round_to($points, $NODE) if $any;
  return $result;
}

# ---- runs -------------------------------------------------------------------------------------------------------------------------------

sub write_file { my ($path, $text) = @_; open(my $f, '>', $path) or die "$path: $!"; print $f $text; close $f or die }

# agency,criterion -> "max,points" of a tree.
sub run_tree {
  my ($name, $tree, $values, $scale, $total) = @_;
  my $folder = "$tmp/$name";
  mkdir $folder;
  my @leaves = leaves($tree);
  write_file("$folder/criteria.yaml", "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: $LEAF, node: $NODE, total: $total}\n" .
             yaml($tree, '', $scale, 0));
  write_file("$folder/agencies.csv", "id,name,group\n" . join('', map { "u$_,U,g\n" } 1 .. @$values));
  write_file("$folder/evidence.csv", join(',', 'agency', map { ("$_->{id}.a", "$_->{id}.b") } @leaves) . "\n" .
             join('', map { my $u = $_; join(',', "u$u", map { @{$values->[$u - 1]{$_->{id}}} } @leaves) . "\n" } 1 .. @$values));
  open(my $run, '-|', "'$ari' --lang en score '$folder' '$folder/evidence.csv' --period 2026 --format csv 2>'$folder/said'") or die;
  my %got;
  while (<$run>) {
    chomp;
    my ($agency, $criterion, $level, $state, $max, $points) = split /,/, $_, -1;
    $got{"$agency,$criterion"} = "$max,$points";
  }
  close $run;
  $got{status} = $? >> 8;
  return \%got;
}

for my $n (1 .. $SETS) {
  my $tree = make_node('total', 0, pick(1, 100, '10/3'));
  my $total = pick(2, 4, 12);
  my @values = map {
    my %v = map { my $b = rand() < 0.15 ? 0 : 1 + int rand 60; $_->{id} => [$b ? int rand($b + 1) : 0, $b] } leaves($tree);
    \%v;
  } 1 .. $AGENCIES;
  my $got = run_tree("set$n", $tree, \@values, 1, $total);
  my @wrong;
  for my $u (1 .. $AGENCIES) {
    my %f;
    score($tree, $values[$u - 1], \%f);
    my $root = $f{total};
    if (!defined $root->{points} || $root->{max} <= 0) { delete $root->{points} }
    else { $root->{points} = round_to($root->{unrounded}, $total) }
    for my $id (sort keys %f) {
      my $want = text(round_to($f{$id}{max}, 12)) . ',' . (defined $f{$id}{points} ? text($f{$id}{points}) : '');
      push @wrong, "u$u,$id: got $got->{\"u$u,$id\"} want $want" if ($got->{"u$u,$id"} // 'nothing') ne $want;
    }
  }
  ok($got->{status} == 0 && !@wrong, "set $n: every node of $AGENCIES agencies", "seed $seed, status $got->{status}", @wrong);
  my %same = (scaled => run_tree("scaled$n", $tree, \@values, rat(pick('3', '1/7', '0.01', '1000')), $total),
              reordered => run_tree("mixed$n", shuffled($tree), \@values, 1, $total));
  for my $what (sort keys %same) {
    my @differ = grep { $got->{$_} ne ($same{$what}{$_} // 'nothing') } sort keys %$got;
    ok(!@differ, "set $n: $what, the same figures", "seed $seed", map { "$_: $got->{$_} and $same{$what}{$_}" } @differ);
  }
}
ok($combined > 1000 && $left_out > 150, 'nodes enough were combined, and leaves enough left out', "$combined $left_out");

# The geometric mean of n values, to 12 significant digits: its n-th power is their product, to 11.
for my $n (2, 3, 7) {
  my $tree = {id => 'total', max => 1, combine => 'geometric', kids => [map { {id => "c$_", max => 1, policy => 'zero', kids => []} } 1 .. $n]};
  my @values = map { my %v = map { my $b = 1 + int rand 40; ("c$_" => [1 + int rand $b, $b]) } 1 .. $n; \%v } 1 .. $AGENCIES;
  $LEAF = 12;
  my $got = run_tree("geometric$n", $tree, \@values, 1, 12);
  my @wrong;
  for my $u (1 .. $AGENCIES) {
    my ($product, $power) = (rat(1), rat(1));
    my ($max, $points) = split /,/, $got->{"u$u,total"};
    for my $id (map { "c$_" } 1 .. $n) {
      my (undef, $v) = split /,/, $got->{"u$u,$id"};
      $product *= rat($v);
      $power *= rat($points || 0);
    }
    my $off = ($power / $product - 1)->babs;
    push @wrong, "u$u: $points, off by " . $off->numify if $off > rat('1/50000000000') * $n;
  }
  ok($got->{status} == 0 && !@wrong, "the geometric mean of $n", "seed $seed", @wrong);
}
print "1..$count\n";
