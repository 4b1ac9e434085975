#!/usr/bin/perl
# One set of figures in every format: what XLSX, Markdown, JSON, CSV for machines and for Excel, and HTML say is what the database keeps, to the last digit, in both languages;
# what users wrote stays text in each of them; the same input gives the same bytes; a report appears whole or not at all.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use JSON::PP qw(decode_json);
use lib dirname(abs_path($0));
use Harness qw($top $out $ari $tmp ok is done slurp put program start finish);
use Readers qw(csv_rows xlsx_sheets zip_parts tokens);

my $sqlite = program('sqlite3') or do { print "Bail out! sqlite3 is missing\n"; exit 1 };
my $dash = "\xe2\x80\x93";

sub run { my ($lang, @words) = @_; return finish(start($top, {}, $ari, '--lang', $lang, @words)) }
sub sql { my ($base, $words) = @_; return map { [split /\x1f/, $_, -1] } split /\n/, (finish(start($top, {}, $sqlite, '-batch', '-separator', "\x1f", $base, $words)))[1] }

# A figure as text in units of 10^-12; '' for none; undef for what is no figure.
sub e12 {
  my ($text) = @_;
  return '' if !defined $text || $text eq '';
  my ($sign, $whole, $rest) = $text =~ /^(-?)(\d+)(?:\.(\d{1,12}))?$/ or return "no figure: $text";
  my $units = ($whole . ($rest // '') . '0' x (12 - length($rest // ''))) =~ s/^0+(?=\d)//r;
  return $units eq '0' ? 0 : "$sign$units";
}
# A figure as people of a language read it, as machines write it.
sub machine {
  my ($text, $lang) = @_;
  return '' if $text eq $dash || $text eq '';
  $lang eq 'vi' ? $text =~ tr/.,/_./ : $text =~ tr/,/_/;
  return $text =~ s/_(?=\d{3}(?!\d))//gr =~ s/^\xe2\x88\x92/-/r;
}
sub differences { my ($got, $want) = @_; return map { "$_: " . ($got->{$_} // 'not there') . ' | ' . ($want->{$_} // 'not there') } grep { ($got->{$_} // '?') ne ($want->{$_} // '?') } sort keys %{{%$got, %$want}} }

# What the database keeps: figures of the ranking by agency, and of every node by "agency node".
sub figures_of {
  my ($base) = @_;
  my (%ranking, %points, %max, %claimed);
  $ranking{$_->[0]} = join(' ', @$_[1 .. 4]) for sql($base, 'SELECT agency, ifnull(rank, 0), ifnull(points_e12, ""), ifnull(max_e12, ""), ifnull(index_e12, "") FROM ranking');
  for (sql($base, 'SELECT agency, node, ifnull(points_e12, ""), ifnull(max_e12, ""), ifnull(claimed_e12, "") FROM result')) {
    my ($agency, $node, @figures) = @$_;
    ($points{"$agency $node"}, $max{"$agency $node"}, $claimed{"$agency $node"}) = @figures;
  }
  return (\%ranking, \%points, \%max, \%claimed);
}

my %heads = (vi => [qw(Hạng Mã Điểm), 'Tối đa', 'Chỉ số (%)', 'Tự chấm'], en => [qw(Rank Id Points Max), 'Index (%)', 'Claimed']);

# The table of a sheet: its head row by name and the rows below.
sub table_of {
  my ($rows, $lang) = @_;
  my ($id, $at) = ($heads{$lang}[1]);
  for my $i (0 .. $#$rows) { $at = $i, last if grep { defined $_->[1] && $_->[1] eq $id } grep { defined } @{$rows->[$i]}[0 .. 3] }
  return ($at, $rows->[$at], @$rows[$at + 1 .. $#$rows]);
}

sub check_ranking_sheet {
  my ($name, $lang, $rows, $ranking) = @_;
  my ($at, $head, @body) = table_of($rows, $lang);
  my %column = map { ($head->[$_][1] // '') => $_ } 0 .. $#$head;
  my (%got, @types);
  for my $row (@body) {
    my ($rank, $id, @figures) = map { $row->[$column{$_}] } @{$heads{$lang}}[0 .. 4];
    push @types, "$id->[1] is no text" if $id->[0] ne 's';
    push @types, "$id->[1]: a figure as text" if grep { $_->[0] ne 'n' } $rank, @figures;
    $got{$id->[1]} = join ' ', $rank->[1] // 0, map { e12($_->[1]) } @figures;
  }
  ok(!@types, "$name: ids are text and figures figures", @types);
  my @wrong = differences(\%got, $ranking);
  ok(!@wrong && %got, "$name: the ranking sheet is the database's", @wrong);
}

# The points and claims of all matrices; a sheet that holds all nodes, and one for each field that holds each of its nodes.
sub check_matrices {
  my ($name, $lang, $points, $claimed, $all, @fields) = @_;
  my %claims = map { $_ => $claimed->{$_} } grep { $claimed->{$_} ne '' } keys %$claimed;
  my %nodes = map { $_ => $points->{$_} } grep { !/ total$/ } keys %$points;
  my (%field_points, %field_claims);
  for my $sheet ($all, @fields) {
    my ($at, $head, @body) = table_of($sheet->[1], $lang);
    my $ids = $sheet->[1][$at - 2];
    my %got;
    for my $row (@body) {
      for my $c (4 .. $#$row) {
        my ($kind, $node, $cell) = ($head->[$c][1], $ids->[$c][1], $row->[$c]);
        my $key = "$row->[0][1] $node";
        my $figure = $cell->[0] eq 'n' ? e12($cell->[1]) : '';
        if ($kind eq $heads{$lang}[2]) { $got{$key} = $figure if exists $points->{$key} || $figure ne '' }
        elsif ($kind eq $heads{$lang}[5]) { $field_claims{$key} = $figure if $figure ne '' }
      }
    }
    if ($sheet == $all) {
      my @wrong = differences(\%got, $points);
      ok(!@wrong, "$name: the sheet of all points is the database's", @wrong);
    } else {
      my @twice = grep { exists $field_points{$_} } keys %got;
      ok(!@twice, "$name: '$sheet->[0]' repeats no other", @twice);
      %field_points = (%field_points, %got);
    }
  }
  my @wrong = differences(\%field_points, \%nodes);
  ok(!@wrong, "$name: the sheets of the fields together are the database's", @wrong);
  @wrong = differences(\%field_claims, \%claims);
  ok(!@wrong, "$name: so are the claims", @wrong);
}

sub check_csv {
  my ($name, $lang, $base, $ranking, $points, $max, $claimed) = @_;
  for my $form ('plain', 'excel') {
    my @more = $form eq 'excel' ? '--excel' : qw(--format csv);
    my (%got, %p, %m, %c, @titles);
    for my $command ('rank', 'score') {
      my ($status, $text, $err) = run($lang, $command, $base, @more);
      ok($form ne 'excel' || $text =~ s/\A\xef\xbb\xbf//, "$name: $command for Excel begins with a byte order mark") if $form eq 'excel';
      $text =~ s{("(?:[^"]|"")*")|;|,}{$1 // ($& eq ';' ? ',' : '.')}ge if $form eq 'excel' && $lang eq 'vi';
      my ($head, @rows) = csv_rows($text);
      push @titles, join ' ', @$head;
      for my $row (@rows) {
        if ($command eq 'rank') { my @at = $form eq 'excel' ? (1, 0, 4, 5, 6) : (1, 0, 3, 4, 5); $got{$row->[$at[0]] =~ s/^'//r} = join ' ', $row->[$at[1]] || 0, map { e12($row->[$_]) } @at[2 .. 4] }
        else {
          my ($agency, $node, @figures) = $form eq 'excel' ? (@$row[0, 2], @$row[6, 5, 7]) : (@$row[0, 1], @$row[5, 4, 6]);
          $node = $form eq 'excel' && $row->[3] eq '0' ? 'total' : $node =~ s/^'//r =~ s/ .*//sr;
          my $key = ($agency =~ s/^'//r) . " $node";
          ($p{$key}, $m{$key}, $c{$key}) = map { e12($_) } @figures;
        }
      }
    }
    my @wrong = (differences(\%got, $ranking), differences(\%p, $points), differences(\%m, $max), differences(\%c, $claimed));
    ok(!@wrong, "$name: CSV ($form) is the database's", @wrong);
  }
}

sub check_json {
  my ($name, $text, $ranking, $points, $max, $claimed) = @_;
  my $json = decode_json($text =~ s/(?<!\\)":(-?[\d.]+)/":"$1"/gr);
  is($json->{ari}, 'results/1', "$name: JSON says its shape");
  utf8::encode($_) for map { $_->{agency} } @{$json->{ranking}}, @{$json->{scores}};
  utf8::encode($_->{criterion}) for @{$json->{scores}};
  my %got = map { my $row = $_; $row->{agency} => join ' ', $row->{rank} // 0, map { e12($row->{$_}) } qw(points max index) } @{$json->{ranking}};
  my (%p, %m, %c);
  for my $row (@{$json->{scores}}) {
    my $key = "$row->{agency} $row->{criterion}";
    ($p{$key}, $m{$key}, $c{$key}) = map { e12($row->{$_}) } qw(points max claimed);
  }
  my @wrong = (differences(\%got, $ranking), differences(\%p, $points), differences(\%m, $max), differences(\%c, $claimed));
  ok(!@wrong, "$name: JSON is the database's", @wrong);
}

sub check_markdown {
  my ($name, $lang, $text, $ranking) = @_;
  my (%got, %column, @bad);
  for my $line (grep { /^\|/ } split /\n/, $text) {
    my @cells = map { s/^ +| +$//gr } split /(?<!\\)\|/, $line =~ s/^\|//r, -1;
    pop @cells;
    if ($cells[0] eq $heads{$lang}[0]) { %column = map { $cells[$_] => $_ } 0 .. $#cells; next }
    %column = () if $cells[0] !~ /^(?:=?\d+|$dash|:?-+:?)$/;
    next if !%column || $cells[0] =~ /^:?-+:?$/;
    push @bad, $line if @cells != keys %column;
    my ($rank, $id, @figures) = @cells[@column{@{$heads{$lang}}[0 .. 4]}];
    $got{$id =~ s/\\(.)/$1/gr} = join ' ', $rank eq $dash ? 0 : $rank =~ s/^=//r, map { e12(machine($_, $lang)) } @figures;
  }
  my @wrong = (@bad, differences(\%got, $ranking));
  ok(!@wrong, "$name: Markdown is the database's", @wrong);
}

my $hostile = "$tmp/hostile";
make_path($hostile);
put("$hostile/criteria.yaml", <<"Y");
ari: criteria/1
id: hostile
title: "=1+1 | <b>x</b> & 'y' _x0041_ `z` [a](http://b)"
period: year
rounding: {leaf: 12, total: 3}
grades: [{id: a, title: "-2|*a*", from: 50}, {id: b, title: "\@b", from: 0}]
criteria:
  - id: "1.10"
    title: "+1: a/b\\\\c?*[d]"
    criteria:
      - {id: "1.1", title: "=HYPERLINK(\\"x\\")", max: 10/3, inputs: {a: number}, score: {points: a}}
      - {id: "1.10.1", title: "\\u202eabc", max: 5, inputs: {b: number}, score: {points: b}}
  - {id: "2", title: "@{[ 'x' x 40 ]}", max: 5, inputs: {c: number}, score: {points: c}, missing: exclude}
Y
put("$hostile/agencies.csv", qq{id,name,group\n001,"=cmd|' /C calc'!A0",g\n1.10,"<script>alert(1)</script> \\|",g\n2026-08,"_x0041_ ]]> & ""q""",h\nx,@{[ 'y' x 40000 ]},h\n});
put("$hostile/evidence.csv", "agency,1.1.a,1.10.1.b,2.c\n001,1.000000000001,0.123456789012,5\n1.10,3,5,4.5\n2026-08,0,4,\n");

my @jobs = (
  ['small', 'tests/data/small', 'tests/data/small/evidence.csv'],
  ['ministry', 'criteria/ministry-departments', 'criteria/ministry-departments/example', '--period', '2026'],
  ['province', 'criteria/service-quality-766', 'criteria/service-quality-766/example/evidence-2026-08.csv', '--period', '2026-08'],
  ['bonus', 'tests/golden/cli-score-bonus/set', 'tests/golden/cli-score-bonus/evidence.csv', '--period', '2026'],
  ['weighted', 'tests/golden/cli-explain-combine', 'tests/golden/cli-explain-combine/evidence.csv', '--period', '2026'],
  ['hostile', $hostile, "$hostile/evidence.csv", '--period', '2026']);
for my $job (@jobs) {
  my ($name, @source) = @$job;
  my ($status, undef, $err) = run('en', 'run', '--charts', 'none', @source, '-o', "$tmp/$name");
  ok($status eq 0, "$name is run", $err) or next;
  my $base = "$tmp/$name/ari.db";
  my @figures = my ($ranking, $points, $max, $claimed) = figures_of($base);
  for my $lang ('vi', 'en') {
    my %file = map { $_ => "$tmp/$name.$lang.$_" } qw(xlsx md json html csv);
    for my $suffix (sort keys %file) {
      my ($status, $said, $err) = run($lang, 'report', '--charts', 'none', $base, '-o', $file{$suffix});
      ok($status eq 0 && $said =~ /\Q$file{$suffix}\E\n\z/, "$name: a report as .$suffix", $err);
      my ($again) = run($lang, 'report', '--charts', 'none', @source, '-o', "$tmp/again.$suffix");
      is(slurp("$tmp/again.$suffix"), slurp($file{$suffix}), "$name: .$suffix of the files is the same bytes");
    }
    my @sheets = eval { xlsx_sheets(slurp($file{xlsx})) };
    ok(@sheets >= 4, "$name: the workbook can be read", $@) or next;
    my @names = map { $_->[0] } @sheets;
    my %seen;
    ok(!(grep { my $n = $_; utf8::decode($n); length $n > 31 || $n =~ m{[\[\]:*?/\\']} || $seen{lc $n}++ } @names), "$name: its sheets have names that Excel takes", @names);
    check_ranking_sheet("$name $lang", $lang, $sheets[0][1], $ranking);
    check_matrices("$name $lang", $lang, $points, $claimed, @sheets[2 .. $#sheets - 1]);   # behind the ranking and its charts
    check_csv("$name $lang", $lang, $base, @figures);
    check_json("$name $lang", slurp($file{json}), @figures);
    check_markdown("$name $lang", $lang, slurp($file{md}), $ranking);
    is(slurp($file{csv}), (run($lang, 'rank', $base, '--format', 'csv'))[1], "$name: .csv is what rank prints");
  }
  is(slurp("$tmp/$name.en.json"), slurp("$tmp/$name/results.json"), "$name: .json is what run writes");
  is(slurp("$tmp/$name.en.html"), slurp("$tmp/$name/report.html"), "$name: .html is what run writes");
}

# ---- JSON has the keys that ari(1) documents, and no others ----

{
  my (%documented, $of);
  for my $line (split /\n/, slurp("$top/src/man/ari.1")) {
    if ($line =~ /^\.\\" keys: (\w+)/) { $of = $1 }
    elsif ($of && $line =~ /^\.It Li (\w+)$/) { push @{$documented{$of}}, $1 }
    elsif ($of && $of ne 'top' && $line =~ /^\.Li (.*)/) { $documented{$of} = [$1 =~ /(\w+)/g]; undef $of }
    elsif ($of && $line =~ /^\.El/) { undef $of }
  }
  my %got;
  my $note = sub { my ($of, @objects) = @_; $got{$of}{$_} = 1 for map { keys %$_ } @objects };
  for my $name (map { $_->[0] } @jobs) {
    my $json = decode_json(slurp("$tmp/$name.en.json"));
    $note->('top', $json);
    ok(!defined $json->{round}, "$name: a run is no round");
    $note->('set', $json->{set});
    $note->('tier', @{$json->{set}{tiers} // []});
    $note->('node', @{$json->{set}{nodes}});
    $note->($_, @{$json->{$_}}) for qw(files ranking scores);
  }
  for my $words (['round', 'open', "$tmp/round.db", 'tests/data/small', '--period', '2026'], ['report', "$tmp/round.db", '-o', "$tmp/round.json"]) {
    my ($status, undef, $err) = run('en', @$words);
    ok($status eq 0, "a round: $words->[0]", $err);
  }
  my $json = decode_json(slurp("$tmp/round.json"));
  $note->('top', $json);
  $note->('round', $json->{round});
  for my $of (sort keys %got) { is(join(' ', sort keys %{$got{$of}}), join(' ', sort @{$documented{$of} // []}), "JSON: the keys of $of are those of ari(1)") }
}

# ---- the workbook as Excel looks at it ----

{
  my %part = map { @$_ } zip_parts(slurp("$tmp/ministry.en.xlsx"));
  my @bad = grep { !eval { tokens($part{$_} =~ s{(</?|\s)\w+:(?=\w)}{$1}gr); 1 } } sort keys %part;
  ok(!@bad, 'every part is sound XML', map { "$_: $@" } @bad);
  my @named = $part{'[Content_Types].xml'} =~ /PartName="\/([^"]+)"/g;
  is(join(' ', sort @named), join(' ', sort grep { !/\.rels$|^\[/ } keys %part), 'the types name every part and no other');
  my ($ranking) = map { $part{"xl/worksheets/sheet$_.xml"} } 1;
  ok($ranking =~ /<pane xSplit="3" ySplit="4" topLeftCell="D5" activePane="bottomRight" state="frozen"\/>/, 'heads and names stay in sight');
  ok($ranking =~ /<autoFilter ref="A4:/ && $part{'xl/workbook.xml'} =~ /Print_Titles/, 'the head filters, and stands on every page');
  my @series = $part{'xl/charts/chart1.xml'} =~ /<c:ser>/g;
  my ($first) = $part{'xl/charts/chart1.xml'} =~ /<c:val><c:numRef><c:f>([^<]*)</;
  ok(@series == 8 && $first =~ /^Ranking!\$\w+\$5:\$\w+\$11$/, 'a chart stacks the eight fields of the seven authorities', scalar(@series), $first);
  ok($part{'docProps/core.xml'} =~ m{>2026-09-01T00:00:00Z<}, 'it was made when SOURCE_DATE_EPOCH says', $part{'docProps/core.xml'});
  my @formats = $part{'xl/styles.xml'} =~ /formatCode="([^"]*)"/g;
  is(join(' ', sort @formats), '#,##0 #,##0.0 #,##0.00', 'a format for each number of decimals');
  my ($pages) = $part{'xl/workbook.xml'} =~ /Print_Area" localSheetId="1">([^<]*)</;
  my ($row) = $part{'xl/drawings/drawing1.xml'} =~ /.*<xdr:to>.*?<xdr:row>(\d+)</s;
  ok($pages =~ /^Charts!\$A\$1:\$(\w)\$(\d+)$/ && $2 > $row, 'the charts are in what is printed', $pages, $row);
  ok($ranking =~ /orientation="landscape"/ && $ranking =~ /paperSize="9"/ && $ranking =~ /<colBreaks/, 'A4 across, and what is too wide goes on beside');
}

# ---- what users wrote stays text ----

{
  my $xlsx = slurp("$tmp/hostile.en.xlsx");
  my %part = map { @$_ } zip_parts($xlsx);
  my @sheets = xlsx_sheets($xlsx);
  my (undef, $head, @rows) = table_of($sheets[0][1], 'en');
  is(join(' ', map { $_->[1][1] } @rows), '1.10 001 2026-08 x', 'ids are as they were written');
  my %name = map { $_->[1][1] => $_->[2] } @rows;
  is($name{'001'}[1], "=cmd|' /C calc'!A0", 'a name that begins like a formula is text');
  my @styles = $part{'xl/styles.xml'} =~ m{<cellXfs.*?</cellXfs>}s ? $& =~ /<xf [^>]*>/g : ();
  ok($styles[$name{'001'}[2]] =~ /numFmtId="49"/, 'and stays text when it is edited: its cell is one of text');
  is($name{'1.10'}[1], '<script>alert(1)</script> \\|', 'markup is text');
  is($name{'2026-08'}[1], '_x0041_ ]]> & "q"', 'what looks like a code of XML is text');
  is(length $name{x}[1], 32766 + 3, 'a name too long for a cell is cut, with … behind');
  my ($low) = map { $_->[5][1] } grep { $_->[1][1] eq '001' } @rows;
  ok($sheets[3][0] =~ /^1\. /, 'a field is numbered', $sheets[3][0]);
  my ($at, $columns, @points) = table_of($sheets[2][1], 'en');
  is($points[1][6][1], '1.000000000001', 'twelve decimals are all there');
  my $markdown = slurp("$tmp/hostile.en.md");
  ok($markdown =~ /^# =1\+1 \\\| &lt;b&gt;x&lt;\/b&gt; &amp; 'y' \\_x0041\\_ \\`z\\` \\\[a\\\]\(http\\:\/\/b\)$/m, 'Markdown escapes what is markup', $markdown =~ /^(# .*)/m);
  my (undef, $excel) = run('vi', 'rank', "$tmp/hostile/ari.db", '--excel');
  my (undef, $turned) = run('vi', 'score', "$tmp/hostile/ari.db", '--excel');
  ok($turned =~ /;1\.10\.1 \\u\{202E\}abc;/ && $turned !~ /\xe2\x80\xae/, 'for Excel, a sign that turns the line around is shown', $turned =~ /(.*202E.*)/);
  my (undef, $published) = run('vi', 'rank', "$tmp/ministry/ari.db", '--excel');
  ok($published =~ /;72,80;98;74,29;/, 'and figures have the decimals that are published, zeros too', $published =~ /(.*72,8.*)/);
  ok($excel =~ /^1;'1\.10;/m && $excel =~ /;'001;/ && $excel =~ /;'2026-08;/ && $excel =~ /;'=cmd/, 'for Excel, what it would change or run has an apostrophe in front', $excel =~ /\A(.{400})/s);
}

# ---- what has no room, and what cannot be written ----

{
  put("$tmp/wide.yaml", "ari: criteria/1\nid: wide\ntitle: Wide\nperiod: year\nrounding: {leaf: 2}\nempty: zero\ncriteria:\n" . join '', map { "  - {id: c$_, max: 1, inputs: {x: yes_no}, score: {yes_no: x}}\n" } 1 .. 16385);
  put("$tmp/agencies.csv", "id,name,group\na,A,g\n");
  put("$tmp/wide.csv", "agency,c1.x\na,yes\n");
  my ($status, undef, $err) = run('en', 'report', "$tmp/wide.yaml", "$tmp/wide.csv", '--period', '2026', '-o', "$tmp/wide.xlsx");
  ok($status eq 3 && $err =~ /F0850.*16390 columns/ && !-e "$tmp/wide.xlsx", 'a set too wide for a sheet is told, and nothing is written', $status, $err =~ /(.*F0850.*)/);
}
for my $suffix (qw(xlsx md json csv html)) {
  put("$tmp/kept.$suffix", 'what was there');
  my ($status) = finish(start($top, {}, 'sh', '-c', 'ulimit -f 0; exec "$@"', 'sh', $ari, 'report', '--charts', 'none', "$tmp/small/ari.db", '-o', "$tmp/kept.$suffix"));
  ok($status eq 3 && slurp("$tmp/kept.$suffix") eq 'what was there', ".$suffix: a disk that takes nothing leaves the old file", $status);
}
my ($status, undef, $err) = run('en', 'report', "$tmp/small/ari.db", '-o', '/dev/full/x.xlsx');
ok($status eq 3, 'a path that leads nowhere is told', $err);
($status) = run('en', 'report', "$tmp/small/ari.db", '-o', "$tmp/UPPER.XLSX");
ok($status eq 0 && slurp("$tmp/UPPER.XLSX") =~ /\APK/, 'the end of a name may be in capitals');

done();
