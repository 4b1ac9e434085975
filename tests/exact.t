#!/usr/bin/perl
# Random criteria sets through the program itself against Math::BigRat: shares with exact ties, thresholds, bands, cases, counts,
# deductions and sums of ratios; policies for missing and empty; rounding at every place; index and ranks. The seed is fixed: ARI_SEED
# takes another one.
use strict;
use warnings;
use File::Temp qw(tempdir);
use List::Util qw(sum0);
use Math::BigInt try => 'FastCalc';
use Math::BigRat try => 'FastCalc';

my $ari = ($ENV{ARI_OUT} // '') . '/ari';
-x $ari or do { print "Bail out! $ari is not there: run through make\n"; exit 1 };
my $seed = $ENV{ARI_SEED} // 20260815;
my ($SETS, $AGENCIES) = (16, 40);
my $tmp = tempdir(CLEANUP => 1);   # takes random letters of its own
srand $seed;

my $count = 0;

sub ok($$;@) {
  my ($good, $name, @why) = @_;
  $count++;
  print(($good ? '' : 'not '), "ok $count - $name\n");
  return if $good;
  print "# $_\n" for @why > 12 ? (@why[0 .. 11], '...') : @why;
}

# What came that should not, line by line.
sub differences {
  my ($got, $want) = @_;
  my $last = $#$got > $#$want ? $#$got : $#$want;
  return map { 'got ' . ($got->[$_] // '') . ' want ' . ($want->[$_] // '') } grep { ($got->[$_] // '') ne ($want->[$_] // '') } 0 .. $last;
}

sub pick { $_[rand @_] }
sub rat { Math::BigRat->new(shift) }

my @ten = map { Math::BigInt->new(10)->bpow($_) } 0 .. 12;

# $x rounded to $d decimals, worked out on the numerator without its sign.
sub round_to {
  my ($x, $d, $mode) = @_;
  my ($num, $den) = ($x->numerator, $x->denominator);
  my $negative = $num->is_neg;
  $num->babs;
  my ($q, $rest) = ($num * $ten[$d])->bdiv($den);
  my $half = ($rest * 2)->bcmp($den);
  $q->binc if $mode eq 'half_up' ? $half >= 0 : $mode eq 'half_even' ? $half > 0 || $half == 0 && $q->is_odd : 0;
  $q->bneg if $negative;
  return Math::BigRat->new($q, $ten[$d]);
}

# The shortest decimal form of a figure with at most 12 decimals.
sub text {
  my ($x) = @_;
  my $y = ($x * $ten[12])->numerator;
  my $sign = $y->is_neg ? '-' : '';
  my $digits = $y->babs->bstr;
  $digits = '0' x (13 - length $digits) . $digits if length $digits < 13;
  my $fraction = substr $digits, -12;
  $fraction =~ s/0+$//;
  return $sign . substr($digits, 0, -12) . (length $fraction ? ".$fraction" : '');
}

# ---- rule forms: the YAML below `score:`, the inputs, and the points ---------------------------------------------------------------

# Two counts whose share often ends exactly between two figures, sometimes 0/0 or absent.
sub counts {
  return ('', 5) if rand() < 0.04;
  return (0, 0) if rand() < 0.08;
  my $b = pick(8, 16, 32, 40, 64, 80, 125, 160, 1 + int rand 50000);
  return (pick(0, $b, 1 + int rand $b, 1 + int rand $b, 1 + int rand $b), $b);
}

sub share_form {
  my ($lines, $points) = @_;
  return {inputs => '{a: count, b: count}', names => ['a', 'b'], yaml => ["share: a / b", @$lines], can_be_empty => 1, values => \&counts,
          points => sub { my ($m, $a, $b) = @_; $points->($m, Math::BigRat->new($a, $b)) }};
}

sub new_form {
  my ($max) = @_;
  my $m = rat($max);
  my $half = text(round_to($m / 2, 3, 'down'));
  my $t = pick(50, 80, 90, '33.3', '87.5');
  my $part = rat($t) / 100;
  return pick(
    sub { share_form([], sub { $_[0] * $_[1] }) },
    sub { share_form(["full_at: $t%"], sub { $_[1] >= $part ? $_[0]->copy : $_[0] * $_[1] / $part }) },
    sub { share_form(["full_from: $t%"], sub { $_[1] >= $part ? $_[0]->copy : $_[0] * $_[1] }) },
    sub {
      my $floor = rat('1/4');
      share_form(["full_from: $t%", 'zero_below: 25%', "partial: $half"],
                 sub { $_[1] >= $part ? $_[0]->copy : $_[1] < $floor ? rat(0) : rat($half) * $_[1] });
    },
    sub {
      my $form = share_form([], sub { $_[1] >= $part ? $_[0]->copy : $_[1] > rat('1/8') ? rat($half) : rat(0) });
      $form->{yaml} = ['bands: a / b', 'points:', "  - {from: $t%, points: max}", "  - {above: 12.5%, points: $half}", '  - {points: 0}'];
      return $form;
    },
    sub {
      my $each = pick('0.25', '0.125', '1.005', '0.333');
      return {inputs => '{n: count}', names => ['n'], yaml => ['count: n', "each: $each", 'at_most: max'],
              values => sub { (pick('', 0, 1, 2, 3, 7, int rand 400)) },
              points => sub { my ($mm, $n) = @_; my $p = rat($each) * $n; $p > $mm ? $mm->copy : $p }};
    },
    sub {
      my $each = pick('0.25', '0.135', '0.5');
      return {inputs => '{late: count}', names => ['late'], yaml => ['deduct:', "  - {count: late, each: $each}", 'at_least: -0.25'],
              values => sub { (int rand 30) },
              points => sub { my ($mm, $n) = @_; my $p = $mm - rat($each) * $n; $p < rat('-1/4') ? rat('-1/4') : $p }};
    },
    sub {
      return {inputs => '{x: number, y: number}', names => ['x', 'y'],
              yaml => ['cases:', '  - {when: x > y, points: max}', '  - {when: x = y and y > 0, points: 37.5%}', '  - {points: 0}'],
              values => sub { my $y = pick(-1, 0, 1, '2.50'); (pick('', 0, 1, '2.5', 3), $y) },
              points => sub { my ($mm, $x, $y) = @_; $x > $y ? $mm->copy : $x == $y && $y > 0 ? $mm * rat('3/8') : rat(0) }};
    },
    sub {
      return {inputs => '{p: money, q: money}', names => ['p', 'q'],
              yaml => ['points: "min(max, p / 7000000000000 + q / 640000000000000)"'],
              values => sub { map { int(rand 1e7) * 1000000000 + int rand 1000000000 } 1, 2 },
              points => sub {
                my ($mm, $p, $q) = @_;
                my $sum = rat("$p/7000000000000") + rat("$q/640000000000000");
                $sum > $mm ? $mm->copy : $sum;
              }};
    },
  )->();
}

# ---- a set ---------------------------------------------------------------------------------------------------------------------------

sub make_set {
  my %r = (mode => pick(qw(half_up half_up half_even down)), leaf => int rand 5, total => int rand 4, index => int rand 4);
  $r{node} = pick(12, 12, int rand 4);
  my $rounding = join ', ', map { "$_: $r{$_}" } sort keys %r;
  my $yaml = "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {$rounding}\ncriteria:\n";
  my @nodes;   # in document order: {id, level, parent, form, max, missing, empty}
  my $add;
  $add = sub {
    my ($parent, $level) = @_;
    for my $i (1 .. 2 + int rand 3) {
      my $id = ($parent ? "$parent->{id}." : 'c') . $i;
      my $node = {id => $id, level => $level, parent => $parent, kids => []};
      push @nodes, $node;
      push @{$parent->{kids}}, $node if $parent;
      my $pad = '  ' x (2 * $level - 1);
      $yaml .= "$pad- id: $id\n";
      if ($level < 3 && rand() < 0.4) {
        $yaml .= "$pad  criteria:\n";
        $add->($node, $level + 1);
        next;
      }
      my $max = pick(1, 2, 4, 6, '0.5', '2.5', '3.125', '10/3', '7/6', 20);
      my $form = new_form($max);
      my @policies = qw(zero unscored exclude spread);
      @$node{qw(max form missing empty)} = (rat($max), $form, pick(@policies), pick(@policies, 'full'));
      $yaml .= "$pad  max: $max\n$pad  inputs: $form->{inputs}\n$pad  missing: $node->{missing}\n";
      $yaml .= "$pad  empty: $node->{empty}\n" if $form->{can_be_empty};
      $yaml .= "$pad  score:\n" . join('', map { "$pad    $_\n" } @{$form->{yaml}});
    }
  };
  $add->(undef, 1);
  return ($yaml, \%r, \@nodes);
}

# ---- the oracle ------------------------------------------------------------------------------------------------------------------------

sub score_leaf {
  my ($leaf, $r, @values) = @_;
  my $f = {max => $leaf->{max}};
  my $state = (grep { $_ eq '' } @values) ? 'missing' : $leaf->{form}{can_be_empty} && $values[1] == 0 ? 'empty' : 'scored';
  $f->{state} = $state;
  if ($state eq 'scored') {
    $f->{raw} = $leaf->{form}{points}->($leaf->{max}, @values);
    $f->{points} = round_to($f->{raw}, $r->{leaf}, $r->{mode});
    return $f;
  }
  my $policy = $leaf->{$state};
  $f->{points} = rat(0) if $policy eq 'zero';
  $f->{points} = round_to($leaf->{max}, $r->{leaf}, $r->{mode}) if $policy eq 'full';
  $f->{max} = rat(0) if $policy eq 'exclude' || $policy eq 'spread';
  $f->{spread} = $policy eq 'spread';
  return $f;
}

sub spread_all {
  my ($nodes, $figures, $r) = @_;
  my %more;
  for my $from (grep { $figures->{$_->{id}} && $figures->{$_->{id}}{spread} } @$nodes) {
    my @siblings = grep { ($_->{parent} // 0) == ($from->{parent} // 0) && $figures->{$_->{id}} } @$nodes;
    my @to = grep { $figures->{$_->{id}}{state} eq 'scored' } @siblings;
    $more{$_->{id}} = ($more{$_->{id}} // rat(0)) + $from->{max} / @to for @to;
  }
  for my $leaf (grep { $more{$_->{id}} } @$nodes) {
    my $f = $figures->{$leaf->{id}};
    $f->{max} = $leaf->{max} + $more{$leaf->{id}};
    $f->{points} = round_to($f->{raw} * $f->{max} / $leaf->{max}, $r->{leaf}, $r->{mode});
  }
}

sub add_up {
  my (@figures) = @_;
  my $f = {max => rat(0), state => ''};
  for my $kid (@figures) {
    $f->{max} += $kid->{max};
    $f->{points} = ($f->{points} // rat(0)) + $kid->{points} if defined $kid->{points};
  }
  return $f;
}

sub score_agency {
  my ($nodes, $r, $values) = @_;
  my %f;
  $f{$_->{id}} = score_leaf($_, $r, @{$values->{$_->{id}}}) for grep { $_->{form} } @$nodes;
  spread_all($nodes, \%f, $r);
  for my $node (reverse grep { !$_->{form} } @$nodes) {
    my $f = $f{$node->{id}} = add_up(map { $f{$_->{id}} } @{$node->{kids}});
    $f->{points} = round_to($f->{points}, $r->{node}, $r->{mode}) if defined $f->{points};
  }
  my $total = add_up(map { $f{$_->{id}} } grep { !$_->{parent} } @$nodes);
  $total->{points} = 0 unless defined $total->{points};   # all blank: nothing is added up
  $total->{state} = $total->{max} > 0 ? 'final' : 'withheld';
  delete $total->{points} if $total->{state} eq 'withheld';
  if (defined $total->{points}) {
    $total->{points} = round_to($total->{points}, $r->{total}, $r->{mode});
    $total->{index} = round_to($total->{points} * 100 / $total->{max}, $r->{index}, $r->{mode});
  }
  $f{total} = $total;
  return \%f;
}

# ---- runs ------------------------------------------------------------------------------------------------------------------------------

sub write_file { my ($path, $text) = @_; open(my $f, '>', $path) or die "$path: $!"; print $f $text; close $f or die }

sub run_ari {
  my ($command, $folder) = @_;
  open(my $run, '-|', "'$ari' --lang en $command '$folder' '$folder/evidence.csv' --period 2026 --format csv 2>'$folder/said'") or die;
  my @lines = <$run>;
  close $run;
  chomp @lines;
  return ($? >> 8, @lines);
}

sub said {
  my ($folder) = @_;
  open(my $f, '<', "$folder/said") or return ();
  my @lines = <$f>;
  chomp @lines;
  return grep { !/^warning/ } @lines;
}

my ($leaves, $ties) = (0, 0);
for my $n (1 .. $SETS) {
  my ($yaml, $r, $nodes) = make_set();
  my $folder = "$tmp/$n";
  mkdir $folder;
  my @ids = map { "u$_" } 1 .. $AGENCIES;
  my @leaves = grep { $_->{form} } @$nodes;
  my (%figures, $evidence);
  $evidence = join(',', 'agency', "$leaves[0]{id}.note", map { my $id = $_->{id}; map { "$id.$_" } @{$_->{form}{names}} } @leaves) . "\n";
  for my $agency (@ids) {
    my %values = map { $_->{id} => [$_->{form}{values}->()] } @leaves;
    $evidence .= join(',', $agency, 'with a note nobody is absent', map { @{$values{$_->{id}}} } @leaves) . "\n";
    $figures{$agency} = score_agency($nodes, $r, \%values);
    for my $f (map { $figures{$agency}{$_->{id}} } @leaves) {
      $leaves++;
      $ties++ if defined $f->{raw} && !(($f->{raw} * $ten[$r->{leaf}])->is_int) && ($f->{raw} * $ten[$r->{leaf}] * 2)->is_int;
    }
  }
  write_file("$folder/criteria.yaml", $yaml);
  write_file("$folder/agencies.csv", "id,name,group\n" . join('', map { "$_,Unit $_,g\n" } @ids));
  write_file("$folder/evidence.csv", $evidence);

  my ($status, @lines) = run_ari('score', $folder);
  my @want = ('agency,criterion,level,state,max,points,claimed');
  for my $agency (@ids) {
    for my $node ({id => 'total', level => 0}, @$nodes) {
      my $f = $figures{$agency}{$node->{id}};
      push @want, join ',', $agency, $node->{id}, $node->{level}, $f->{state}, text(round_to($f->{max}, 12, 'half_up')),
        defined $f->{points} ? text($f->{points}) : '', '';
    }
  }
  my @wrong = differences(\@lines, \@want);
  my $rounding = join ', ', map { "$_ $r->{$_}" } sort keys %$r;
  ok($status == 0 && !@wrong, "set $n: " . @leaves . " leaves of $AGENCIES agencies ($rounding)", "seed $seed, status $status",
     said($folder), @wrong);

  ($status, @lines) = run_ari('rank', $folder);
  my %place = map { $ids[$_] => $_ } 0 .. $#ids;
  my @ranked = grep { defined $figures{$_}{total}{points} } @ids;
  @ranked = sort { $figures{$b}{total}{index} <=> $figures{$a}{total}{index} || $place{$a} <=> $place{$b} } @ranked;
  @want = ('rank,agency,group,points,max,index,grade,state');
  my ($rank, $last) = (0);
  for my $i (0 .. $#ranked) {
    my $t = $figures{$ranked[$i]}{total};
    $rank = $i + 1 unless defined $last && $last == $t->{index};
    $last = $t->{index};
    my $max = text(round_to($t->{max}, 12, 'half_up'));
    push @want, join ',', $rank, $ranked[$i], 'g', text($t->{points}), $max, text($t->{index}), '', 'final';
  }
  push @want, map { ",$_,g,," . text(round_to($figures{$_}{total}{max}, 12, 'half_up')) . ',,,withheld' } grep { !defined $figures{$_}{total}{points} } @ids;
  @wrong = differences(\@lines, \@want);
  ok($status == 0 && !@wrong, "set $n: the ranking", "seed $seed, status $status", @wrong);
}
ok($leaves > 3000 && $ties > 150, 'there were leaves enough, and enough that end exactly between two figures',
   "$leaves leaves, $ties ties");
print "1..$count\n";
