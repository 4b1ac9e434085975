#!/usr/bin/perl
# Provisional totals end where their range says (ari-criteria(5), "Pending"): random sets and evidence in which what others supply is not there
# yet, then filled with valid values at random, with those that give least and with those that give most. All figures are invented by the seed,
# which is fixed: ARI_SEED takes another one.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Harness qw($ari $tmp ok done put start finish);
use JSON::PP qw(decode_json);

my $seed = $ENV{ARI_SEED} // 20261123;
my ($SETS, $AGENCIES) = (60, 12);
srand $seed;

sub pick { $_[rand @_] }

# A leaf: its inputs, its rule, and values of its inputs: any valid ones, those that give least and those that give most of what its rule can.
# Where a rule that evaluators fill stands, the second rule takes what they decide as an input.
sub new_leaf {
  my ($max, $negative) = @_;
  my $half = $max / 2;
  return pick(
    sub { {inputs => 'n: {type: percent, from: 0, to: 100%SOURCE}', score => 'share: n', any => sub { (int(rand 10001) / 100) . '%' }, least => ['0%'], most => ['100%']} },
    sub { {inputs => 'n: {type: percent, from: 0, to: 100%SOURCE}', score => 'share: n, full_from: 80%, zero_below: 40%', any => sub { pick('12%', '40%', '79.99%', '80%') },
           least => ['0%'], most => ['80%']} },
    sub { {inputs => "n: {type: number, from: 1, to: 5%SOURCE}", score => "points: $max * n / 5", any => sub { pick(1, '2.337', 3, '4.5', 5) }, least => [1], most => [5]} },
    sub { my $no = $negative ? -$half : pick(0, $half);
          {inputs => 'n: {type: yes_no%SOURCE}', score => "yes_no: n, no: $no", any => sub { pick('yes', 'no') }, least => ['no'], most => ['yes']} },
    sub { {inputs => 'n: {type: choice, options: {a: A, b: B, c: C}%SOURCE}', score => "choice: n, points: {a: $half, b: max, c: 10%}", any => sub { pick(qw(a b c)) },
           least => ['c'], most => ['b']} },
    sub { {inputs => 'n: {type: count%SOURCE}', score => 'count: n, each: 0.333, at_most: max', any => sub { int rand 9 }, least => [0], most => [999]} },
    sub { my $end = $negative ? "-$half" : 0;
          {inputs => 'n: {type: count%SOURCE}', score => "deduct: [{count: n, each: 0.25}], at_least: $end", any => sub { int rand 50 }, least => [999], most => [0]} },
    sub { my $b = 1 + int rand 50;
          {inputs => 'n: {type: count%SOURCE}, all: count', names => ['n', 'all'], score => 'share: n / all', any => sub { (int rand($b + 1), $b) },
           least => [0, $b], most => [$b, $b], own => {all => $b}} },
    sub { {judged => 1, inputs => 'n: number', score => 'judged: [5%, 50%, max]', then => 'points: n', any => sub { pick(0.05 * $max, $half, $max) },
           least => [0.05 * $max], most => [$max]} },
  )->();
}

# The text of one leaf, pending or with its values, in each of the two sets; its columns.
sub leaf_text {
  my ($leaf, $indent, $set) = @_;
  my $score = $set && $leaf->{then} ? $leaf->{then} : $leaf->{score};
  my $inputs = $leaf->{inputs} =~ s/%SOURCE/$leaf->{others} ? ', source: ' . $leaf->{others} : ''/er;
  my $text = "- {id: $leaf->{id}, max: $leaf->{max}";
  $text .= ", weight: $leaf->{weight}" if $leaf->{weight};
  $text .= ", inputs: {$inputs}" if $set || !$leaf->{judged};
  return "$indent$text, score: {$score}}\n";
}

my $leaves;   # of the set being made
sub make_leaf {
  my ($max, $negative) = @_;
  my $leaf = new_leaf($max, $negative);
  $leaf->{max} = $max;
  $leaf->{id} = 'l' . @$leaves;
  $leaf->{others} = pick('', '', 'central', 'survey');
  $leaf->{names} //= ['n'];
  push @$leaves, $leaf;
  return $leaf;
}

# Two texts: with judged leaves, and with what they became.
sub new_set {
  my ($n) = @_;
  $leaves = [];
  my @parts = map { {combine => pick('sum', 'sum', qw(mean weighted geometric harmonic min))} } 1 .. 3;
  my $root = pick('sum', 'sum', 'sum', qw(mean weighted geometric harmonic min));
  my $missing = pick(qw(zero unscored exclude spread));
  my $decimals = pick(0, 2, 2, 3);
  my @text = ("ari: criteria/1\nid: s$n\ntitle: Random\nperiod: year\nrounding: {leaf: $decimals, total: " . pick(2, 4) . "}\nmissing: $missing\nempty: zero\n") x 2;
  my $put = sub { $text[$_] .= $_[0] for 0, 1 };
  $put->("max: 100\ncombine: $root\n") if $root ne 'sum';
  $put->("weights: relative\n") if $root eq 'weighted';
  for my $outside (grep { rand() < 0.5 } qw(bonus penalty)) {
    my $leaf = make_leaf(3, 0);
    $put->("$outside:\n  max: 2\n  criteria:\n");
    $text[$_] .= leaf_text($leaf, '    ', $_) for 0, 1;
  }
  $put->("criteria:\n");
  my $signs = $root eq 'geometric' || $root eq 'harmonic';
  for my $i (0 .. 2) {
    my $how = $parts[$i]{combine};
    my @max = map { pick(1, 2, 4, 10) } 1 .. 3;
    my $sum = $max[0] + $max[1] + $max[2];
    $put->("  - id: g$i\n    combine: $how\n");
    $put->("    weights: relative\n") if $how eq 'weighted';
    $put->('    weight: ' . pick(1, 2, '0.5') . "\n") if $root eq 'weighted';
    if ($how ne 'sum') { $put->('    max: ' . pick(5, 20) . "\n") }
    elsif (rand() < 0.3) { $put->('    max: ' . ($sum - 1) . "\n    over_max: cap\n") }
    $put->("    criteria:\n");
    for my $max (@max) {
      my $leaf = make_leaf($max, !$signs && $how ne 'geometric' && $how ne 'harmonic' && rand() < 0.2);
      $leaf->{weight} = pick(1, 2, 5) if $how eq 'weighted';
      $text[$_] .= leaf_text($leaf, '      ', $_) for 0, 1;
    }
  }
  return @text;
}

sub columns { map { my $l = $_; map { [$l, $_] } @{$l->{names}} } @$leaves }

# The ranking of evidence as JSON, by agency.
sub rank_rows {
  my ($folder, $name, $rows, $skip_judged) = @_;
  my @columns = grep { !($skip_judged && $_->[0]{judged}) } columns();
  put("$folder/$name.csv", join(',', 'agency,period', map { "$_->[0]{id}.$_->[1]" } @columns) . "\n"
      . join('', map { my $r = $rows->{$_}; join(',', $_, 2026, map { $r->{"$_->[0]{id}.$_->[1]"} // '' } @columns) . "\n" } sort keys %$rows));
  my ($status, $said, $err) = finish(start($folder, {}, $ari, qw(rank --lang en --format json), '.', "$name.csv"));
  return ($status eq '0' ? {map { $_->{agency} => $_ } @{decode_json($said)}} : undef, $err);
}

my ($provisional, $unsettled, $withheld, $ends, $inside) = (0, 0, 0, 0, 0);
my (@failed, @outside, @not_reached, @states);

sub check_set {
  my ($n) = @_;
  my @text = new_set($n);
  my @folders = map { "$tmp/s$n-$_" } 0, 1;
  for my $i (0, 1) {
    mkdir $folders[$i] or die;
    put("$folders[$i]/criteria.yaml", $text[$i]);
    put("$folders[$i]/agencies.csv", "id,name,group\n" . join '', map { "a$_,A$_,g\n" } 10 .. 9 + $AGENCIES);
  }
  my (%now, %least, %most, %any);
  for my $agency (map { "a$_" } 10 .. 9 + $AGENCIES) {
    for my $leaf (@$leaves) {
      my $waits = $leaf->{judged} || ($leaf->{others} && rand() < 0.7);
      my $late = !$leaf->{others} && !$leaf->{judged} && rand() < 0.15;
      my @given = $leaf->{any}->();
      my @end = ($leaf->{id} eq ($text[0] =~ /^penalty:\n.*\n.*\n.*id: (\w+)/m ? $1 : '')) ? ($leaf->{most}, $leaf->{least}) : ($leaf->{least}, $leaf->{most});
      for my $k (0 .. $#{$leaf->{names}}) {
        my $column = "$leaf->{id}.$leaf->{names}[$k]";
        my $own = $leaf->{own} && exists $leaf->{own}{$leaf->{names}[$k]};
        next if $late && $k == 0;
        $now{$agency}{$column} = $given[$k] unless $waits && !$own;
        $least{$agency}{$column} = $waits ? $end[0][$k] : $given[$k];
        $most{$agency}{$column} = $waits ? $end[1][$k] : $given[$k];
        $any{$agency}{$column} = $waits ? ($leaf->{any}->())[$k] : $given[$k];
      }
    }
  }
  my ($ranked, $why) = rank_rows($folders[0], 'now', \%now, 1);
  my %then;
  for (['least', \%least], ['most', \%most], ['any', \%any]) {
    ($then{$_->[0]}, my $more) = rank_rows($folders[1], $_->[0], $_->[1]);
    $why = $more if !$then{$_->[0]};
  }
  if (!$ranked || grep { !$then{$_} } keys %then) {
    push @failed, "set $n: $why", $text[0];
    return;
  }
  compare("set $n $_", $ranked->{$_}, {map { my $k = $_; $k => $then{$k} } keys %then}, $_) for sort keys %now;
}

sub compare {
  my ($where, $now, $then, $agency) = @_;
  if ($now->{state} eq 'withheld') {   # nothing of the max applies, whatever comes
    $withheld++;
    push @states, "$where: withheld, and not at the end" if defined $then->{most}{$agency}{points};
    return;
  }
  $unsettled++ if !defined $now->{points};
  push @states, "$where: $now->{state}" if $now->{state} ne 'provisional' && $now->{state} ne 'final';
  push @states, "$where: a range of what is final" if $now->{state} eq 'final' && ($now->{low} != $now->{points} || $now->{high} != $now->{points});
  $provisional++ if $now->{state} eq 'provisional';
  for my $end (['least', 'low'], ['most', 'high']) {
    my $is = $then->{$end->[0]}{$agency};
    next if !defined $is->{points};
    $ends++;
    for ([points => $end->[1]], [index => "$end->[1]_index"]) {
      push @not_reached, "$where: $_->[0] $is->{$_->[0]}, $_->[1] $now->{$_->[1]}" if abs($is->{$_->[0]} - $now->{$_->[1]}) > 1e-9;
    }
  }
  my $any = $then->{any}{$agency};
  return if !defined $any->{points};
  $inside++ if $now->{low} < $any->{points} && $any->{points} < $now->{high};
  for ([points => qw(low high)], [index => qw(low_index high_index)]) {
    my ($figure, $low, $high) = ($any->{$_->[0]}, $now->{$_->[1]}, $now->{$_->[2]});
    push @outside, "$where: $_->[0] $figure, from $low to $high" if $figure < $low - 1e-9 || $figure > $high + 1e-9;
  }
}

check_set($_) for 1 .. $SETS;
print "# seed $seed: $provisional provisional totals, $unsettled of nothing settled, $withheld withheld, $ends ends reached, $inside strictly inside\n";
ok(!@failed, 'every set and its evidence can be scored', map { split /\n/ } @failed);
ok(!@states, 'what waits is provisional, what does not is final', @states);
ok($provisional > 400 && $unsettled > 0 && $inside > 200 && !@outside, 'every total ends within its range', @outside);
ok($ends > 800 && !@not_reached, 'both ends are reached by the evidence that gives least and most', @not_reached);
done();
