#!/usr/bin/perl
# Rules that compare agencies, on random figures, against Math::BigRat: who is compared with whom (group or all), who is not (missing, 0/0,
# absent, in error), who is all the same (withheld, claimed not to apply), and what the forms give. Then what must not matter, the order of
# agencies and files, and what must hold: a better value of its own never costs an agency points. The seed is fixed: ARI_SEED takes another.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path(__FILE__));
use Harness qw($ari $tmp ok is done put start finish);
use List::Util qw(shuffle);
use Math::BigFloat;
use Math::BigRat;
use Readers qw(csv_rows);

my $seed = $ENV{ARI_SEED} // 20261123;
srand $seed;
my $calls = 0;
sub pick { $_[rand @_] }
sub rat { Math::BigRat->new(shift) }

# Rounded half away from zero to 12 places.
my $e12 = Math::BigInt->new(10)->bpow(12);
sub round12 {
  my ($x) = @_;
  my $n = $x->copy->babs * $e12 + rat('1/2');
  my $r = Math::BigRat->new($n->bfloor->numerator, $e12);
  return $x->is_neg ? $r->bneg : $r;
}

# The root: a fraction where it is one, else 12 significant digits.
sub root {
  my ($x) = @_;
  return rat(0) if $x->is_zero;
  my @exact = map { $_->copy->bsqrt } $x->numerator, $x->denominator;
  return Math::BigRat->new(@exact) if $exact[0]**2 == $x->numerator && $exact[1]**2 == $x->denominator;
  my $r = Math::BigFloat->new($x->numerator)->bdiv(Math::BigFloat->new($x->denominator), 60)->bsqrt(50);
  return rat($r->round(12, undef, 'common')->bstr);
}

# ---- the set: a form each, and the same in exact numbers ----------------------------------------------------------------------------------

# What agencies are compared by: the value of an agency, undef where it has none.
my %value = (
  'a / b' => sub { my ($f) = @_; defined $f->{a} && defined $f->{b} && $f->{b} ? round12(rat($f->{a}) / rat($f->{b})) : undef },
  'x' => sub { my ($f) = @_; defined $f->{x} ? round12(rat($f->{x})) : undef },
  'x * a - b' => sub { my ($f) = @_; (grep { !defined $f->{$_} } qw(x a b)) ? undef : round12(rat($f->{x}) * rat($f->{a}) - rat($f->{b})) },
);

sub place { my ($v, $low, $high, $better) = @_; return $better eq 'low' ? ($high - $v) / ($high - $low) : ($v - $low) / ($high - $low) }
sub clip { my ($v, $low, $high) = @_; return $v < $low ? $low : $v > $high ? $high : $v }

# Of all values (the agency's own among them) the share of max; undef: 0/0.
my %form = (
  minmax => sub {
    my ($v, $all, $better) = @_;
    my ($low, $high) = ($all->[0], $all->[-1]);
    return $low == $high ? undef : place($v, $low, $high, $better);
  },
  percentile => sub {
    my ($v, $all, $better) = @_;
    return @$all < 2 ? undef : rat(scalar grep { $better eq 'low' ? $_ > $v : $_ < $v } @$all) / (@$all - 1);
  },
  zscore => sub {
    my ($v, $all, $better, $sd, $limit) = @_;
    my $n = @$all - ($sd eq 'sample');
    my ($mean, $squares) = (rat(0), rat(0));
    $mean += $_ for @$all;
    $mean /= @$all;
    $squares += ($_ - $mean)**2 for @$all;
    return undef if $squares->is_zero;
    return place(clip(($v - $mean) / root($squares / $n), rat(-$limit), rat($limit)), rat(-$limit), rat($limit), $better);
  },
  figures => sub {   # as formulas: how near to the mean of mean and median, of the widest distance
    my ($v, $all) = @_;
    my ($mean, $n) = (rat(0), scalar @$all);
    $mean += $_ for @$all;
    my $middle = ($mean / $n + ($all->[($n - 1) / 2] + $all->[$n / 2]) / 2) / 2;
    return $all->[0] == $all->[-1] ? undef : 1 - abs($v - $middle) / ($all->[-1] - $all->[0]);
  },
);

sub new_leaf {
  my ($id) = @_;
  my %l = (id => $id, value => pick(sort keys %value), form => pick(sort keys %form), better => pick(qw(high low)), cohort => pick(qw(group tier all)), tier => pick('', '', '', 'u'),
           sd => pick(qw(sample population)), limit => pick(1, 2, 3));
  my $v = $l{value};
  $l{score} = {
    minmax => "minmax: $v, between: cohort, better: $l{better}", percentile => "percentile: $v, better: $l{better}",
    zscore => "zscore: $v, between: [-$l{limit}, $l{limit}], sd: $l{sd}, better: $l{better}",
    figures => "points: max * (1 - abs($v - (cohort.mean($v) + cohort.median($v)) / 2) / (cohort.max($v) - cohort.min($v)))",
  }->{$l{form}};
  $l{score} =~ s/points: (.*)/points: "$1"/;
  return \%l;
}

sub write_set {
  my ($folder, @leaves) = @_;
  mkdir $folder;
  put("$folder/criteria.yaml", join '', "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 12, index: 12}\nmissing: exclude\nempty: unscored\n",
      "not_applicable: exclude\ntiers: {u: U, v: V}\ninputs:\n  a: count\n  b: count\n  x: number\nexpect:\n  - {that: a != 13}\ncriteria:\n",
      map { "  - {id: $_->{id}, " . ($_->{tier} ? "tiers: [$_->{tier}], " : '') . "max: 7, min: -99, over_max: allow, cohort: $_->{cohort}, score: {$_->{score}}}\n" } @leaves);
}

sub write_evidence {
  my ($folder, $agencies, $files) = @_;
  put("$folder/agencies.csv", join '', "id,name,group,tier\n", map { "$_->{id},$_->{id},$_->{group},$_->{tier}\n" } @$agencies);
  my @rows = map { [] } 1 .. $files;
  my $n = 0;
  for my $f (@$agencies) {
    push @{$rows[$n++ % $files]}, join(',', $f->{id}, (map { $f->{$_} // '' } qw(a b x)), $f->{claims} // '') . "\n" unless $f->{absent};
  }
  put("$folder/e$_.csv", join '', "agency,total.a,total.b,total.x,l0.not_applicable\n", @{$rows[$_]}) for 0 .. $files - 1;
  return map { "$folder/e$_.csv" } 0 .. $files - 1;
}

# agency -> criterion -> [state, points]
sub score {
  my ($folder, @files) = @_;
  $calls++;
  my ($status, $text, $said) = finish(start($tmp, {}, $ari, 'score', $folder, @files, '--period', '2026', '--keep-going', '--format', 'csv', '--lang', 'en'));
  my %got;
  $got{$_->[0]}{$_->[1]} = [@$_[3, 5]] for csv_rows($text);
  return (\%got, $text, $status, $said);
}

sub new_agency {
  my ($i) = @_;
  my %f = (id => sprintf('a%02d', $i), group => pick(qw(g g h h h k)), tier => pick(qw(u v)), a => int rand 40, b => pick(0, 1 + int rand 40, 1 + int rand 40, 5),
           x => pick(-1, 1) * pick(0, 3, 3, rand(9)));
  $f{x} = sprintf('%.3f', $f{x});
  delete $f{pick(qw(a b x))} if rand() < 0.15;
  $f{absent} = 1 if rand() < 0.05;
  $f{claims} = 'none' if rand() < 0.1;
  return \%f;
}

# ---- against the oracle ---------------------------------------------------------------------------------------------------------------------

my (@wrong, %states);
my ($compared, $invalid, $late) = (0, 0, 0);
for my $round (1 .. 30) {
  my @leaves = map { new_leaf("l$_") } 0 .. 7;
  delete $leaves[$_]{tier} for 0, 1;   # each tier has some; l0 can be claimed not to apply
  my @agencies = map { new_agency($_) } 1 .. pick(1, 2, 5, 20, 40);
  my $folder = "$tmp/r$round";
  write_set($folder, @leaves);
  my ($got) = score($folder, write_evidence($folder, \@agencies, 1));
  my $rates = sub {   # whether a rule of the agency's divides a by b
    my ($f) = @_;
    return grep { $_->{value} eq 'a / b' && (!$_->{tier} || $_->{tier} eq $f->{tier}) && !($f->{claims} && $_->{id} eq 'l0') } @leaves;
  };
  for my $leaf (@leaves) {
    my %all;
    for my $f (@agencies) {
      my $out = $f->{absent} || ($f->{a} // 0) == 13;   # 13 is not what the set expects
      $f->{v} = $out ? undef : $value{$leaf->{value}}->($f);
      $f->{v} = undef if $leaf->{tier} && $leaf->{tier} ne $f->{tier};   # its tier has no such criterion
      push @{$all{$leaf->{cohort} eq 'all' ? '' : $f->{$leaf->{cohort}}}}, $f->{v} if defined $f->{v};
    }
    $_ = [sort { $a <=> $b } @$_] for values %all;
    for my $f (@agencies) {
      my ($state, $points) = @{$got->{$f->{id}}{$leaf->{id}} // ['', '']};
      if ($f->{absent} || ($f->{a} // 0) == 13) {
        $invalid++;
        push @wrong, "round $round $f->{id}: not left out" if $got->{$f->{id}}{total}[0] !~ /invalid|absent/;
        next;
      }
      if ($rates->($f) && defined $f->{a} && $f->{a} > 0 && defined $f->{b} && $f->{b} == 0) {   # a/0: only the rule finds that, so the others were compared with it
        push @wrong, "round $round $f->{id}: a/0 was not found" if $got->{$f->{id}}{total}[0] ne 'invalid';
        $late++;
        next;
      }
      if ($leaf->{tier} && $leaf->{tier} ne $f->{tier}) {
        push @wrong, "round $round $f->{id} $leaf->{id}: a row" if $got->{$f->{id}}{$leaf->{id}};
        next;
      }
      $compared++;
      $states{$state}++;
      next if $state eq 'not_applicable' && $f->{claims} && $leaf->{id} eq 'l0';
      my $part = defined $f->{v} ? $form{$leaf->{form}}->($f->{v}, $all{$leaf->{cohort} eq 'all' ? '' : $f->{$leaf->{cohort}}}, @$leaf{qw(better sd limit)}) : undef;
      my $want = defined $part ? round12(7 * $part) : undef;
      next if defined $want ? $state eq 'scored' && rat($points) == $want : $points eq '' && $state =~ /^(?:missing|empty)$/;
      push @wrong, "round $round $f->{id} $leaf->{score} ($leaf->{cohort}): $state $points, not " . ($want // 'blank');
    }
  }
}
ok(!@wrong, "seed $seed: $compared leaves are what exact numbers give", @wrong);
ok((!grep { !$states{$_} } qw(scored missing empty not_applicable)) && $invalid && $late, 'among them all states, and agencies that are left out', join ' ', %states, $invalid, $late);

# ---- the order changes nothing ----------------------------------------------------------------------------------------------------------------

my @moved;
for my $round (1 .. 6) {
  my @leaves = map { my $l = new_leaf("l$_"); delete $l->{tier} if $_ < 2; $l } 0 .. 11;
  my @agencies = map { new_agency($_) } 1 .. 25;
  my $folder = "$tmp/s$round";
  write_set($folder, @leaves);
  my (undef, $first, $status) = score($folder, write_evidence($folder, \@agencies, 1));
  for my $files (1, 3, 7) {
    my (undef, $again) = score($folder, shuffle write_evidence($folder, [shuffle @agencies], $files));
    my ($x, $y) = map { join "\n", sort split /\n/ } $first, $again;
    push @moved, "round $round with $files files" if $x ne $y;
  }
}
ok(!@moved, 'agencies and files in another order: not a byte of the scores changes', @moved);

# ---- a better value never costs points ----------------------------------------------------------------------------------------------------------

my (@fallen, $raised);
for my $round (1 .. 12) {
  my @leaves = grep { $_->{form} ne 'figures' } map { my $l = new_leaf("l$_"); delete $l->{tier}; $l->{score} =~ s/\Q$l->{value}\E/x/g; $l } 0 .. 11;
  my @agencies = map { my $f = new_agency($_); $f->{x} //= '1.5'; $f->{a} = 1; delete @$f{qw(absent claims)}; $f } 1 .. pick(2, 3, 12);
  my $folder = "$tmp/m$round";
  write_set($folder, @leaves);
  my $lucky = pick(@agencies);
  my $before;
  for my $x (sort { $a <=> $b } map { sprintf '%.3f', rand(22) - 11 } 1 .. 8) {
    $lucky->{x} = $x;
    my ($got) = score($folder, write_evidence($folder, \@agencies, 1));
    for my $leaf (@leaves) {
      my ($old, $new) = map { ($_ ? $_->{$lucky->{id}}{$leaf->{id}}[1] : undef) // '' } $before, $got;
      next if $old eq '' || $new eq '';
      $raised++;
      my $lost = $leaf->{better} eq 'high' ? $new < $old : $new > $old;
      push @fallen, "round $round $leaf->{score}: $old, with $x $new" if $lost && abs($new - $old) > 1e-11;
    }
    $before = $got;
  }
}
ok(!@fallen && $raised > 300, "$raised times a value was raised: points followed it", @fallen);

# ---- by hand: figures made up ---------------------------------------------------------------------------------------------------------------------

write_set("$tmp/hand", {id => 'l0', cohort => 'group', score => 'zscore: x, sd: population'}, {id => 'l1', cohort => 'all', score => 'percentile: x'},
          {id => 'l2', cohort => 'group', score => 'minmax: x, between: [0, 5], outside: allow'});
my @hand = ({id => 'p', group => 'g', tier => 'u', x => 2}, {id => 'q', group => 'g', tier => 'u', x => 4}, {id => 'r', group => 'g', tier => 'u', x => 6}, {id => 's', group => 'h', tier => 'u', x => 4});
my ($got) = score("$tmp/hand", write_evidence("$tmp/hand", \@hand, 1));
# mean 4, squares 4 + 0 + 4, sd sqrt(8/3) = 1.63299316186 to 12 digits: z = -2/1.63299316186 = -1.2247448713882…, 7 × (z + 3)/6 = 2.07113098338 to 12 places
is($got->{p}{l0}[1], '2.07113098338', 'z of p');
is($got->{q}{l0}[1], '3.5', 'z of q is 0: half');
is($got->{s}{l0}[0] . $got->{s}{l0}[1], 'empty', 's has nobody beside it');
is(join(' ', map { $got->{$_}{l1}[1] } qw(p q r s)), '0 2.333333333333 7 2.333333333333', 'of all four: none, one, three, one of three others are strictly below');
is($got->{r}{l2}[1], '8.4', '7 × 6/5, beyond the maximum');
print "# $calls runs\n";
done();
