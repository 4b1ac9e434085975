#!/usr/bin/perl
# What `ari assess` promises is what scoring gives: random sets and evidence; every advised change is applied to the evidence, which is
# scored again, and so are smaller changes of the same input, which must not gain. The seed is fixed: ARI_SEED takes another one.
use strict;
use warnings;
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);

my $ari = ($ENV{ARI_OUT} // '') . '/ari';
-x $ari or do { print "Bail out! $ari is not there: run through make\n"; exit 1 };
my $seed = $ENV{ARI_SEED} // 20260901;
my ($SETS, $AGENCIES, $WANTED) = (24, 6, 1000);
my $tmp = tempdir(CLEANUP => 1);
srand $seed;
my $count = 0;

sub ok($$;@) {
  my ($good, $name, @why) = @_;
  $count++;
  print(($good ? '' : 'not '), "ok $count - $name\n");
  print "# $_\n" for $good ? () : @why > 12 ? (@why[0 .. 11], '...') : @why;
}

sub pick { $_[rand @_] }
sub spill { my ($path, $text) = @_; open(my $f, '>:raw', $path) or die "$path: $!"; print $f $text; close $f or die }
sub run { my $said = `'$ari' --lang en @_ 2>$tmp/err`; return wantarray ? ($said, $? >> 8) : $said }
sub errors { open(my $f, '<', "$tmp/err") or return ''; local $/; return <$f> // '' }

# ---- a leaf: its inputs, its rule, and a random value of each input ('' is absent) --------------------------------------------------

sub up_to { my ($all) = @_; return $all ? int rand($all + 1) : 0 }

sub share_values {
  return ('', 5) if rand() < 0.05;
  my $b = rand() < 0.06 ? 0 : 1 + int rand 900;
  return (up_to($b), rand() < 0.04 ? '' : $b);
}

sub share {
  return {inputs => '{a: count, b: count}', names => ['a', 'b'], yaml => [@_], empty => 1, values => \&share_values};
}
my $EXPECT = '        expect: [{that: a <= b}]';

# What an agency has beside the others of its group; of these a change moves what everybody is compared with.
sub relative_leaf {
  my $x = sub { {inputs => '{x: {type: number, from: -3}}', names => ['x'], yaml => [@_], empty => 1,
                 values => sub { pick('', -2, 0, 1, '2.5', 7, '31.007', rand(50) =~ s/(\.\d\d).*/$1/r) }} };
  return pick(
    sub { $x->('minmax: x', 'between: cohort', 'better: ' . pick(qw(high low))) },
    sub { $x->('minmax: x', 'between: [-3, cohort.mean(x) + 4]', 'outside: cap') },
    sub { $x->('zscore: x', 'sd: ' . pick(qw(sample population)), 'between: ' . pick('[-1, 1]', '[-3, 3]'), 'better: ' . pick(qw(high low))) },
    sub { $x->('percentile: x', 'better: ' . pick(qw(high low))) },
    sub { share('share: min(a, cohort.max(a)) / cohort.max(a)') },
    sub { share('cases:', '  - {when: a / b >= cohort.median(a / b), points: max}', '  - {points: 0}') },
  )->();
}

my $relative = 0;
sub new_leaf {
  my ($max) = @_;
  return relative_leaf() if $relative && rand() < 0.6;
  return pick(
    sub { my $f = share('share: a / b'); $f->{expect} = $EXPECT if rand() < 0.5; $f },
    sub { share('share: a / b', 'full_at: ' . pick(50, 80, '87.5') . '%') },
    sub { share('share: a / b', 'full_from: 80%', 'zero_below: 25%', "partial: $max / 2") },
    sub { share('bands: a / b', 'points:', '  - {from: 80%, points: max}', "  - {above: 33.3%, points: $max / 4}", '  - {points: 0}') },
    sub { share('share: a / (2 * b)') },
    sub { {inputs => '{n: count}', names => ['n'], yaml => ['count: n', 'each: ' . pick('0.25', '0.005', '0.333'), 'at_most: max'],
           values => sub { pick('', 0, 1, 2, int rand 300) }} },
    sub { {inputs => '{late: count, lost: {type: count, to: 40}}', names => ['late', 'lost'],
           yaml => ['deduct:', '  - {count: late, each: ' . pick('0.25', '0.01') . '}', '  - {when: lost > 9, points: 1}', 'at_least: 0'],
           values => sub { (pick('', 0, int rand 90), int rand 41) }} },
    sub { {inputs => '{when: {type: choice, options: {late: x, never: y, soon: z, now: w}}}', names => ['when'],
           yaml => ['choice: when', "points: {late: $max / 4, never: 0, soon: $max / 2, now: $max}"],
           values => sub { pick('', qw(late never soon now)) }} },
    sub { {inputs => '{plan: yes_no}', names => ['plan'], yaml => ["yes_no: plan"], values => sub { pick('', 'yes', 'no') }} },
    sub { {inputs => '{x: number, y: {type: number, from: -3, to: 40}}', names => ['x', 'y'],
           yaml => ['cases:', '  - {when: x > y + 7.5, points: max}', '  - {when: x > y, points: 37.5%}', '  - {points: 0}'],
           values => sub { (pick('', 0, 1, '2.5', '31.007'), pick(-1, 0, '12.25', 38)) }} },
    sub { {inputs => '{done: {type: percent, from: 0%, to: 100%}}', names => ['done'], yaml => ['points: done * max'],
           values => sub { pick('', '0%', '7.46%', '99.995%', '100%') }} },
    sub { {inputs => '{spent: money, planned: money}', names => ['spent', 'planned'], empty => 1,
           yaml => ['share: min(spent, planned) / planned'],
           values => sub { (pick('', 0, 125000000, '999999999.50'), pick(1000000000, 2500000000)) }} },
    sub { {inputs => '{a: count, b: {type: count, source: central}}', names => ['a', 'b'], yaml => ['share: a / b'], empty => 1,
           others => 'b', values => sub { my $b = 1 + int rand 90; (up_to($b), rand() < 0.5 ? '' : $b) }} },
    sub { {inputs => '{issued: date}', names => ['issued'],
           yaml => ['cases:', '  - {when: issued <= 2026-01-31, points: max}', '  - {when: issued <= 2026-03-31, points: 50%}',
                    '  - {points: 0}'],
           values => sub { pick('2026-01-30', '2026-02-17', '2026-04-01', '2027-09-09') }} },
  )->();
}

sub new_set {
  my ($n) = @_;
  my (@leaves, $yaml);
  my $missing = pick('zero', 'zero', 'unscored', 'exclude', 'spread');
  my ($leaf, $total) = (pick(0, 2, 2, 2, 3), pick(1, 2, 2, 4));
  $yaml = "ari: criteria/1\nid: s$n\ntitle: Random\nperiod: year\nrounding: {leaf: $leaf, total: $total}\n"
    . "missing: $missing\ncriteria:\n";
  for my $group (1 .. 3) {
    $yaml .= "  - id: g$group\n    criteria:\n";
    for my $i (1 .. 3) {
      my $max = pick(2, 4, 10, 20);
      my $f = new_leaf($max);
      my $id = "g$group.l$i";
      $yaml .= "      - id: $id\n        max: $max\n        inputs: $f->{inputs}\n";
      $yaml .= "$f->{expect}\n" if $f->{expect};
      $yaml .= "        empty: " . pick(qw(zero full unscored exclude)) . "\n" if $f->{empty};
      $yaml .= "        score:\n" . join('', map { "          $_\n" } @{$f->{yaml}});
      push @leaves, {%$f, id => $id, columns => [map { "$id.$_" } @{$f->{names}}]};
    }
  }
  return {yaml => $yaml, leaves => \@leaves, columns => [map { @{$_->{columns}} } @leaves]};
}

# ---- evidence: rows of cells by column -----------------------------------------------------------------------------------------------

sub write_rows {
  my ($set, $folder, %rows) = @_;
  my @ids = sort keys %rows;
  spill("$folder/agencies.csv", "id,name,group\n" . join('', map { "$_,$_," . (/^(t\d+)/ && $relative ? $1 : 'g') . "\n" } @ids));
  spill("$folder/e.csv", join(',', 'agency', 'period', @{$set->{columns}}) . "\n"
        . join('', map { my $r = $rows{$_}; join(',', $_, 2026, map { $r->{$_} } @{$set->{columns}}) . "\n" } @ids));
}

# agency -> criterion -> [state, max, points]
sub score_rows {
  my ($folder) = @_;
  my %got;
  for (split /\n/, run("score $folder $folder/e.csv --keep-going --format csv")) {
    my ($agency, $criterion, $level, $state, $max, $points) = split /,/, $_, -1;
    $got{$agency}{$criterion} = [$state, $max, $points];
  }
  return \%got;
}

sub figure { my ($got, $criterion) = @_; my $p = ($got->{$criterion} // ['', '', ''])->[2]; return $p eq '' ? 0 : $p }
sub near { abs($_[0] - $_[1]) < 1e-9 }

# Whole numbers strictly nearer to `from` than `to` is, either way: one less, the nearest ones, some at random.
sub smaller_values {
  my ($from, $to, $from_zero) = @_;
  my $d = abs($to - $from);
  return () if $d < 1;
  my %distance = map { $_ => 1 } grep { $_ < $d } $d - 1, 1 .. 4, map { int rand $d } 1 .. 3;
  delete $distance{0} unless $from_zero;
  my %v = map { ($from + $_ => 1, $from - $_ => 1) } keys %distance;
  return grep { $_ >= 0 } sort { $a <=> $b } keys %v;
}

my ($changes, $smaller, $full, %kinds) = (0, 0, 0);
my (@wrong_gain, @gained, @not_full, @high, @states);

sub check_set {
  my ($n) = @_;
  $relative = $n % 3 == 0;
  my $set = new_set($n);
  my ($base, $again) = ("$tmp/b$n", "$tmp/c$n");
  for my $folder ($base, $again) { mkdir $folder or die; spill("$folder/criteria.yaml", $set->{yaml}) }
  my (%rows, %trials, %about);
  for my $i (1 .. $AGENCIES) {
    my %row;
    for my $leaf (@{$set->{leaves}}) { @row{@{$leaf->{columns}}} = $leaf->{values}->() }
    $rows{sprintf 'a%02d', $i} = \%row;
  }
  write_rows($set, $base, %rows);
  my $before = score_rows($base);
  my $add = sub {
    my ($agency, $column, $value, $what) = @_;
    my $id = sprintf 't%06d', scalar keys %trials;
    $trials{$id} = {%{$rows{$agency}}, $column => $value};
    if ($relative) { $trials{"$id-$_"} = $rows{$_} for grep { $_ ne $agency } keys %rows }   # compared with the same others, in a group of its own
    $about{$id} = {%$what, agency => $agency, column => $column, value => $value};
  };
  my %others = map { $_->{others} ? ("$_->{id}.$_->{others}" => 1) : () } @{$set->{leaves}};
  for my $agency (sort keys %rows) {
    next if ($before->{$agency}{total}[0] // 'invalid') eq 'invalid';
    my ($json, $status) = run("assess $base $base/e.csv --keep-going --agency $agency --format json");
    my $sheet = eval { decode_json($json) } or do { push @states, "set $n $agency: no JSON, status $status: " . errors(); next };
    push @high, "set $n $agency" if defined $sheet->{points} && $sheet->{high} < $sheet->{points};
    for my $a (@{$sheet->{advice}}) {
      push @states, "set $n $agency: $a->{input} is not the agency's to change" if $others{$a->{input}};
      $kinds{(split /\./, $a->{input})[-1]}++;
      push @states, "set $n $agency $a->{input}: from $a->{from}" if $a->{from} ne $rows{$agency}{$a->{input}} && $a->{from} !~ /[.%]/;
      my %what = (leaf => $a->{criterion}, next => $a->{next});
      $add->($agency, $a->{input}, $a->{next}{to}, {%what, promised => $a->{next}{gain}});
      $add->($agency, $a->{input}, $a->{full}{to}, {%what, promised => $a->{full}{gain}, full => 1}) if $a->{full};
      next unless $a->{input} =~ /\.(?:a|b|n|late|lost|spent)$/ && $a->{from} !~ /\./;
      my ($from, $absent) = ($a->{from} eq '' ? 0 : $a->{from}, $a->{from} eq '');
      $add->($agency, $a->{input}, $_, {%what, smaller => 1}) for smaller_values($from, $a->{next}{to}, $absent);
      next unless $a->{full};
      $add->($agency, $a->{input}, $_, {%what, smaller => 1, full => 1}) for smaller_values($from, $a->{full}{to}, $absent);
    }
  }
  write_rows($set, $again, %trials);
  my $after = score_rows($again);
  for my $id (sort keys %about) {
    my $x = $about{$id};
    my ($old, $new) = ($before->{$x->{agency}}, $after->{$id});
    my $gain = figure($new, 'total') - figure($old, 'total');
    my $leaf = $new->{$x->{leaf}} // ['invalid', 0, ''];
    my $is_full = $leaf->[0] eq 'scored' && $leaf->[2] ne '' && $leaf->[2] >= $leaf->[1];
    my $where = "set $n $x->{agency} $x->{column} $rows{$x->{agency}}{$x->{column}} -> $x->{value}";
    if ($x->{smaller}) {
      $smaller++;
      next if $new->{total}[0] eq 'invalid' || $new->{total}[1] ne $old->{total}[1];
      my $gains = $gain > 1e-9 && figure($new, $x->{leaf}) > figure($old, $x->{leaf});
      push @gained, "$where gains $gain already" if $gains && (!$x->{full} || $is_full);
    } else {
      $changes++;
      push @wrong_gain, "$where: $gain, promised $x->{promised}, $new->{total}[0]" unless near($gain, $x->{promised}) && $gain > 0;
      $full++ if $x->{full};
      push @not_full, $where if $x->{full} && !$is_full;
    }
  }
}

check_set($_) for 1 .. $SETS;
print "# seed $seed: $changes advised changes, $full of them to full points, $smaller smaller ones; inputs: "
  . join(', ', map { "$_ $kinds{$_}" } sort keys %kinds) . "\n";
ok($changes >= $WANTED, "at least $WANTED advised changes", "$changes", errors());
ok(!@states, 'every agency has its sheet, with the values that it reported', @states);
ok(!@wrong_gain, 'every advised change gains exactly what was promised', @wrong_gain);
ok($full >= 300 && !@not_full, 'what is advised for full points brings full points', @not_full);
ok($smaller >= $WANTED && !@gained, 'no smaller change of the same count gains', @gained);
ok(!@high, 'the range does not end below the points', @high);
ok(11 <= keys %kinds, 'advice on inputs of every kind', join ' ', sort keys %kinds);
print "1..$count\n";
