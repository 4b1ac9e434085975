#!/usr/bin/perl
# The points that a form's own formulas show (ari(1), form), worked out again by LibreOffice, are the engine's to the hundredth: every leaf, every node, the total and the
# index, for random fillings of every shipped set, both tiers of the ministry's. The fillings are invented, from a fixed seed.
use strict;
use warnings;
use File::Basename qw(dirname);
use IO::Uncompress::Unzip;
use lib dirname($0);
use Deep;

need('soffice');
my $ari = "$build/release/ari";
my $fillings = $ENV{ARI_FILLINGS} || 500;
my $seed = 20261123;
sub random { my ($n) = @_; $seed = ($seed * 1103515245 + 12345) % 2147483648; return int($seed / 65536) % $n }   # 0 .. n-1, n up to 32768
sub put { my ($path, $text) = @_; open(my $f, '>:raw', $path) or die "$path: $!"; print $f $text; close $f or die "$path: $!" }

# ---- LibreOffice, which works out every formula when it opens a file ----
mkdir "$tmp/profile";
mkdir "$tmp/profile/user";
put("$tmp/profile/user/registrymodifications.xcu", <<'END');
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
END
sub recalculate {
  my ($profile, @files) = @_;
  while (my @some = splice @files, 0, 50) {
    run('/usr/bin/env', 'timeout', 300, 'soffice', "-env:UserInstallation=file://$profile", '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):9,34,76,1,,1033,false,true,false',
        '--outdir', "$tmp/out", @some);
  }
}
# Rows of the answers by key: the columns by their words, and the hidden code behind them.
sub answers {
  my ($file) = @_;
  my (%rows, @words, @index);
  for (split /\n/, slurp($file)) {
    my @cells = map { s/^"(.*)"$/$1/s ? s/""/"/gr : $_ } split /\t/, $_, -1;
    if (!@words) { @words = @cells; next }
    my %row = map { $words[$_] ne '' ? ($words[$_] => $cells[$_]) : () } 0 .. $#words;
    $row{code} = $cells[15];
    push @index, $row{points} if $cells[0] =~ /^ari:head/ && ($row{points} // '') =~ /^[\d.]*$/ && $cells[2] =~ /Index/;
    $rows{$cells[0]} = \%row if $cells[0] !~ /^ari:head/;
  }
  return (\%rows, $index[0]);
}

# Points and states that the file holds before anybody works them out, by row.
sub held {
  my ($file) = @_;
  my (%part, @rows);
  my $archive = IO::Uncompress::Unzip->new($file) or return [];
  do { local $/; my $text = <$archive>; $part{$archive->getHeaderInfo()->{Name}} = $text // '' } while $archive->nextStream() > 0;
  my @texts = map { join '', />([^<]*)<\/t>/g } $part{'xl/sharedStrings.xml'} =~ /<si>(.*?)<\/si>/gs;
  while ($part{'xl/worksheets/sheet1.xml'} =~ m{<c r="([IJ])(\d+)"([^>]*?)(?:/>|>(.*?)</c>)}gs) {
    my ($column, $row, $about, $inside) = ($1, $2, $3, $4 // '');
    my $value = $inside =~ m{<v>(.*?)</v>} ? $1 : '';
    $value = $texts[$value] if $about =~ /t="s"/;
    $rows[$row - 1]{$column} = $value =~ s/&lt;/</gr =~ s/&gt;/>/gr =~ s/&amp;/&/gr;
  }
  return \@rows;
}
sub compare_held {
  my ($form, $worked) = @_;
  my ($held, $at, @wrong) = (held($form), -1);
  for (split /\n/, slurp($worked)) {
    my ($key, $points, $state) = (map { s/^"(.*)"$/$1/s ? s/""/"/gr : $_ } split /\t/, $_, -1)[0, 8, 9];
    $at++;
    my ($own_points, $own_state) = map { $held->[$at]{$_} // '' } qw(I J);
    my $same = "$points$own_points" =~ /^[-\d.]+\z/ && $points ne '' && $own_points ne '' ? abs($points - $own_points) < 1e-9 : $points eq $own_points;
    push @wrong, "row " . ($at + 1) . " $key: the file holds '$own_points' '$own_state', worked out it is '$points' '$state'" if !$same || $own_state ne $state;
  }
  return @wrong;
}

# ---- what a set asks for, from its own form and its own text ----
sub questions {
  my ($set, $agency, $period) = @_;
  my $file = "$tmp/questions.yaml";
  unlink $file;
  my ($status, $said) = run($ari, '--lang', 'en', 'form', $set, '--agency', $agency, '--period', $period, '-o', $file);
  ok($status eq 0, "$agency: the questions", $said);
  my (%asked, $id, $help);
  for (split /\n/, slurp($file)) {
    if (/^  #?([^ #][^:]*):$/) { $id = $1; $asked{$id} //= {} }
    elsif (/^    # (.*)/) { $help = $1 }
    elsif (/^    #(claimed|documents|not_applicable): ?/) { $asked{$id}{$1} = 1; $asked{$id}{needs} = $1 if $help =~ /needed: (\d+)/ }
    elsif (/^    #(\w+): (?:\{.*\})?$/) { $asked{$id}{inputs}{$1} = $help }
  }
  my @limits;   # [criterion, part, whole]: what must not be more than what
  my $at = 'total';
  for (split /\n/, slurp("$set/criteria.yaml")) {
    $at = $1 if /- \{?id: ([\w.-]+)/;
    push @limits, [$at, $1, $2] if /(?:share|bands|percentile|minmax|zscore):? (\w+) \/ (\w+)/ || /1 - (\w+) \/ (\w+)/ || /that: (\w+) <= (\w+)/;
  }
  return (\%asked, \@limits);
}

sub value {
  my ($help, $input) = @_;
  return (qw(yes no))[random(2)] if $help =~ /: yes or no/;
  if ($help =~ /: choose one: (.*)/) {
    my @options = map { /^(\w+) = / ? $1 : () } split /; /, $1;
    return $options[random(scalar @options)];
  }
  return sprintf('2026-%02d-%02d', 1 + random(12), 1 + random(28)) if $help =~ /: a date/;
  return random(101) . '%' if $help =~ /: a percentage,/;
  return '[' . join(', ', map { random(120) / 2 } 0 .. random(6)) . ']' if $help =~ /any number of values/;
  return '{' . join(', ', map { "$_: " . random(9) } $input eq 'answers' ? qw(a b c) : ()) . '}' if $input eq 'answers';
  return random(300) / 10 . '%' if $help =~ /: a percentage$/;
  my ($low, $high) = ($help =~ /from (\d+)/ ? $1 : 0, $help =~ /to (\d+)/ ? $1 : undef);
  return $low + random(100 * ($high - $low) + 1) / 100 if defined $high;
  return $low + (0, random(4), random(12), random(40), random(400), random(20000))[random(6)];
}

# One filling as evidence: {criterion}{input} = value.
sub fill {
  my ($asked, $limits) = @_;
  my %values;
  for my $id (sort keys %$asked) { $values{$id}{$_} = value($asked->{$id}{inputs}{$_}, $_) for sort keys %{$asked->{$id}{inputs} // {}} }
  for (1 .. 4) {
    for (@$limits) {
      my ($id, $part, $whole) = @$_;
      my ($own, $of) = map { my $name = $_; (grep { $asked->{$_} && exists $asked->{$_}{inputs}{$name} } $id, $id =~ s/\.[^.]*$//r, 'total')[0] } $part, $whole;
      next if !defined $own || !defined $of;
      my ($a, $b) = (\$values{$own}{$part}, \$values{$of}{$whole});
      next if $$a <= $$b;
      $$a = $$b == 0 ? 0 : (random(3) == 0 ? $$b : random($$b > 32767 ? 32767 : int($$b) + 1));
    }
  }
  delete $values{'3.2.3'}{cost} if ($values{total}{resolved} // 1) == 0;   # a cost of nothing is an error
  for my $id (sort keys %values) {
    next if $id eq 'total' || $id eq '5.1' || random(8);
    delete $values{$id}{(sort keys %{$values{$id}})[0]} if %{$values{$id}};   # something is missing
  }
  return \%values;
}

sub evidence {
  my ($set, $agency, $period, $asked, $values) = @_;
  my $text = "ari: evidence/1\nset: " . ($set =~ s{.*/}{}r) . "\nagency: $agency\nperiod: $period\nevidence:\n";
  for my $id (sort keys %$asked) {
    my $a = $asked->{$id};
    my @lines = map { "    $_: $values->{$id}{$_}\n" } sort keys %{$values->{$id} // {}};
    push @lines, "    not_applicable: \"a reason\"\n" if $a->{not_applicable} && random(4) == 0;
    push @lines, "    documents:\n      - {number: \"1\", title: \"A plan\"}\n" if $a->{documents} && $id ne 'total' && random(3);
    $text .= "  $id:\n" . join('', @lines) if @lines;
  }
  return $text;
}

# ---- one set ----
sub compare {
  my ($name, $form, $scores) = @_;
  my ($rows, $index) = answers($form);
  my (%points, %max, %state, %level, @ids, @wrong);
  for (split /\n/, $scores) {
    my ($agency, $id, $level, $state, $max, $points) = split /,/;
    next if $id eq 'criterion';
    push @ids, $id;
    ($points{$id}, $max{$id}, $state{$id}, $level{$id}) = ($points, $max, $state, $level);
  }
  # Compared with others, the sheet has no points: nor have those above them then.
  for my $i (0 .. $#ids) {
    my $id = $ids[$i];
    next if $state{$id} eq '' || $state{$id} eq 'pending' || ($rows->{$id}{code} // '') ne '7';
    my ($points, $max, $level) = ($points{$id} || 0, $max{$id}, $level{$id});
    ($points{$id}, $max{$id}) = ('', 0);
    for (my $k = $i - 1; $k >= 0; $k--) {
      next if $level{$ids[$k]} >= $level;
      $level = $level{$ids[$k]};
      $points{$ids[$k]} -= $points if $points{$ids[$k]} ne '';
      $max{$ids[$k]} -= $max;
    }
  }
  for my $id (@ids) {
    my ($want, $got) = ($points{$id}, $rows->{$id}{points});
    my $same = $want eq '' || !defined $got || $got eq '' ? ($want eq ($got // 'no row')) : abs($want - $got) < 1e-9;
    push @wrong, "$id: the sheet has '" . ($got // 'no row') . "', the engine '$want' ($state{$id}), code " . ($rows->{$id}{code} // '') if !$same;
  }
  if ($points{total} ne '' && $max{total} > 0) {
    my $want = int(10000 * $points{total} / $max{total} + 0.5 + 1e-7) / 100;
    my $tie = $name =~ /^a / && abs(abs(100 * $points{total} / $max{total} - ($index || 0)) - 0.005) < 1e-9;   # this set rounds halves to even
    push @wrong, "index: the sheet has '$index', wanted $want" if abs(($index || 0) - $want) > 1e-9 && !$tie;
  }
  return @wrong;
}

sub check_set {
  my ($set, $agency, $period, $before, $n) = @_;
  my ($asked, $limits) = questions($set, $agency, $period);
  my ($made, $refused, @files, %scores) = (0, 0);
  while ($made < $n && $refused < 20 * $n) {
    my $base = "$tmp/$agency-$made";
    put("$base.yaml", evidence($set, $agency, $period, $asked, fill($asked, $limits)));
    my @previous;
    if ($before && random(3)) {
      put("$base.before.yaml", "ari: evidence/1\nagency: $agency\nperiod: $before\nevidence: {3.4: {petitions: " . random(60) . "}}\n");
      @previous = ('--previous', "$base.before.yaml");
    }
    my ($status, $said) = run($ari, '--lang', 'en', 'score', $set, "$base.yaml", @previous, '--format', 'csv');
    if ($status ne 0) { $refused++; print "# refused: ", (grep { /^error/ } split /\n/, $said)[0], "\n" if $ENV{ARI_SHOW}; next }   # a filling that is in error has no points
    $scores{$made} = join("\n", grep { /^\Q$agency\E,/ } split /\n/, $said);
    unlink "$base.xlsx";
    ($status, $said) = run($ari, '--lang', 'en', 'form', $set, '--agency', $agency, '--from', "$base.yaml", @previous, '-o', "$base.xlsx");
    ok(0, "$agency: the form", $said) if $status ne 0;
    push @files, "$base.xlsx";
    $made++;
  }
  ok($made == $n, "$agency: $n fillings, $refused others were in error");
  run($ari, '--lang', 'en', 'form', $set, '--agency', $agency, '--period', $period, '-o', "$tmp/$agency-none.xlsx");
  recalculate("$tmp/profile", @files, "$tmp/$agency-none.xlsx");
  my @wrong = compare_held("$tmp/$agency-none.xlsx", "$tmp/out/$agency-none.csv");
  ok(!@wrong, "$agency: what an unfilled form holds is what is worked out", @wrong);
  @wrong = ();
  for my $i (0 .. $made - 1) {
    my @differs = compare_held("$tmp/$agency-$i.xlsx", "$tmp/out/$agency-$i.csv");
    push @wrong, "filling $i:", @differs if @differs && @wrong < 200;
  }
  ok(!@wrong, "$agency: so is what filled forms hold", @wrong);
  @wrong = ();
  for my $i (0 .. $made - 1) {
    my @differs = compare("$agency $i", "$tmp/out/$agency-$i.csv", $scores{$i});
    push @wrong, "filling $i:", @differs, slurp("$tmp/$agency-$i.yaml") if @differs && @wrong < 200;
  }
  ok(!@wrong, "$agency: the sheet's points are the engine's", @wrong);
  my %seen;
  $seen{$_}++ for map { my $s = $_; map { (split /,/)[3] } split /\n/, $s } values %scores;
  print "# ", join(', ', map { "$_ $seen{$_}" } grep { $_ ne '' } sort keys %seen), "\n";
}

my $ministry = "$top/criteria/ministry-departments";
my %tier;
{
  my $at;
  for (split /\n/, slurp("$ministry/agencies.yaml")) { $at = $1 if /id: ([\w-]+)/; $tier{$1} //= $at if /tier: (\w+)/ }
}
check_set($ministry, $tier{services}, '2026', '2025', int($fillings * 3 / 5));
check_set($ministry, $tier{advisory}, '2026', '2025', int($fillings * 2 / 5));
check_set("$top/criteria/service-quality-766", 'H44.20', '2026-08', undef, 20);
check_set("$top/criteria/postal-service", 'service-centre', '2021-H1', undef, 20);

# ---- every form of rule, policy, combination and rounding that the shipped sets do not have ----
mkdir "$tmp/every" or die;
put("$tmp/every/agencies.csv", "id,name,group\na,A,g\n");
put("$tmp/every/criteria.yaml", <<'END');
ari: criteria/1
id: every
title: Every form
period: year
rounding: {mode: half_even, leaf: 2, total: 1, index: 2}
empty: zero
not_applicable: exclude
missing: unscored
grades_on: points
grades:
  - {id: a, title: A, from: 30, needs: [{that: points('means') >= 3 or share('total') > 50%}]}
  - {id: b, title: B, from: 15}
  - {id: c, title: C, from: 0}
inputs: {whole: {type: count, from: 1}, day: date}
criteria:
  - id: means
    max: 10
    criteria:
      - id: mean
        max: 2
        combine: mean
        criteria:
          - {id: mean.1, max: 3, inputs: {x: count}, score: {share: x / whole}}
          - {id: mean.2, max: 7, inputs: {x: count}, score: {share: x / whole, full_at: 70%}, missing: exclude}
      - id: geometric
        max: 2
        combine: geometric
        rounding: {node: 3}
        criteria:
          - {id: geometric.1, max: 10, inputs: {x: count}, score: {share: x / whole}}
          - {id: geometric.2, max: 10, inputs: {x: count}, score: {share: x / whole}, missing: exclude}
      - id: harmonic
        max: 2
        combine: harmonic
        rounding: {node: 3, mode: down}
        criteria:
          - {id: harmonic.1, max: 10, inputs: {x: count}, score: {share: x / whole}}
          - {id: harmonic.2, max: 10, inputs: {x: count}, score: {share: x / whole}, missing: exclude}
      - id: least
        max: 2
        combine: min
        criteria:
          - {id: least.1, max: 10, inputs: {x: count}, score: {share: x / whole}}
          - {id: least.2, max: 10/3, inputs: {x: count}, score: {share: x / whole}, missing: exclude}
      - id: weighted
        max: 2
        combine: weighted
        weights: relative
        missing: exclude
        criteria:
          - {id: weighted.1, max: 10, weight: 2, inputs: {x: count}, score: {share: x / whole}}
          - {id: weighted.2, max: 10, weight: 1, inputs: {x: count}, score: {share: x / whole}}
          - {id: weighted.3, max: 10, weight: 0, inputs: {x: count}, score: {share: x / whole}}
  - id: spread
    max: 9
    empty: spread
    rounding: {mode: half_up}
    criteria:
      - {id: spread.1, max: 2, inputs: {x: count, y: count}, score: {share: x / y}}
      - {id: spread.2, max: 3, inputs: {x: count, y: count}, score: {share: x / y}}
      - {id: spread.3, max: 3, inputs: {x: count, y: count}, score: {share: x / y}, empty: {policy: spread, to: [spread.1, spread.4]}}
      - {id: spread.4, max: 1, inputs: {done: yes_no}, score: {yes_no: not done}}
  - id: forms
    max: 16
    rounding: {mode: down}
    criteria:
      - id: answers
        max: 2
        inputs: {answers: {type: survey, options: {a: Good, b: Fair, c: Poor}}}
        score: {survey: answers, options: {a: 100%, b: 1.2, c: 0}}
      - id: placed
        max: 2
        inputs: {x: {type: number, from: 0, to: 60}}
        score: {minmax: x, between: [10, 50], better: low, outside: cap}
      - id: formula
        max: 2
        inputs: {x: {type: number, from: 0, to: 90}, rate: percent}
        let: {half: x / 2}
        score: {points: "max * clamp(round(sqrt(half) / 7, 2) * exp(0 - rate), 0, 1)"}
      - id: logarithm
        max: 2
        inputs: {x: {type: number, from: 0.5, to: 90}}
        score: {points: "min(max, abs(ln(x)) * pow(x, 0.25) / 5)"}
      - id: chosen
        max: 2
        inputs: {kind: {type: choice, options: {one: One, two: Two, three: Three}}, sent: date}
        score:
          cases:
            - {when: kind = 'one' and present(sent) and sent <= day, points: 100%}
            - {when: kind != 'two' or not present(sent), points: 1.005}
            - {when: "days(day, sent) >= 10", points: 0.5}
            - {points: 0.125}
      - id: halves
        max: 2
        over_max: cap
        inputs: {n: count}
        score: {count: n, each: 0.005}
        rounding: {mode: half_even}
      - id: given
        max: 2
        inputs: {x: {type: number, from: 0, to: 2}}
        score: {points: x}
        rounding: {mode: half_up, leaf: 1}
      - id: listed
        max: 2
        inputs: {scores: {type: number, list: true, from: 0, to: 60}}
        score: {points: "if count(scores) > 2 then max * mean(scores) / 60 else min(max, sum(scores) / 100)"}
END
check_set("$tmp/every", 'a', '2026', undef, $fillings >= 200 ? 200 : $fillings);

# ---- as people have it: LibreOffice believes figures in a file, and works these out all the same ----
unlink "$tmp/plain.xlsx";
run($ari, '--lang', 'en', 'form', $ministry, '--agency', $tier{services}, '--from', "$ministry/example/$tier{services}.yaml", '-o', "$tmp/plain.xlsx");
recalculate("$tmp/plain-profile", "$tmp/plain.xlsx");
my ($plain) = slurp("$tmp/out/plain.csv") =~ /^("?1\.1\.2"?\t.*)$/m;
ok(($plain // '') =~ /\t0\.95\t/, 'steps whose figures the file does not hold are worked out when it is opened', $plain);
done();
