#!/usr/bin/perl
# report.html as a reader and a browser meet it: sound HTML in which nothing is loaded, and nothing run but the one script, the same figures as the files beside it, all of it without gnuplot but the charts.
use strict;
use warnings;
use Cwd qw(abs_path);
use Digest::SHA qw(sha256_base64);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use Math::BigRat;
use lib dirname(abs_path($0));
use Readers qw(slurp tokens text_of csv_rows);

my $top = abs_path(dirname($0) . '/..');
my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
my $ari = "$out/ari";
print "Bail out! $ari is missing\n" and exit 1 unless -x $ari;
my $tmp = tempdir(CLEANUP => 1);
my $count = 0;

sub ok($$;@) { my ($good, $name, @why) = @_; $count++; print(($good ? '' : 'not '), "ok $count - $name\n"); print map { "# $_\n" } $good ? () : splice(@why, 0, 10); return $good }

# Runs the program; gives (status or "signal N", stdout, stderr).
sub run {
  my ($env, @words) = @_;
  my $pid = fork // die;
  if ($pid == 0) {
    chdir $top;
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>', "$tmp/out") or exit 126;
    open(STDERR, '>', "$tmp/err") or exit 126;
    %ENV = (PATH => $ENV{PATH}, TMPDIR => $tmp, SOURCE_DATE_EPOCH => 1788220800, %$env);
    alarm 120;
    exec { $ari } $ari, @words or exit 127;
  }
  waitpid $pid, 0;
  return ($? & 127 ? 'signal ' . ($? & 127) : $? >> 8, slurp("$tmp/out"), slurp("$tmp/err"));
}

# ---- what the page is made of ----

# The tokens between each <name …> with `attribute` = `value` and its end (attribute '' takes all).
sub parts {
  my ($tokens, $name, $attribute, $value) = @_;
  my (@parts, $depth, $part);
  for my $t (@$tokens) {
    my $starts = $t->[0] eq 'open' && $t->[1] eq $name;
    if (!$part && $starts && ($attribute eq '' || ($t->[2]{$attribute} // '') eq $value)) { $part = [$t]; $depth = 1; next }
    next unless $part;
    push @$part, $t;
    $depth++ if $starts;
    $depth-- if $t->[0] eq 'close' && $t->[1] eq $name;
    if (!$depth) { push @parts, $part; undef $part }
  }
  return @parts;
}

# The cells of a row: each a list of its tokens.
sub cells {
  my ($row) = @_;
  my @cells;
  for my $t (@$row) {
    if ($t->[0] eq 'open' && $t->[1] =~ /^t[hd]$/) { push @cells, [$t] }
    elsif (@cells) { push @{$cells[-1]}, $t }
  }
  return @cells;
}

# A figure of the page as a machine writes it; '' for none.
sub machine {
  my ($text, $lang) = @_;
  return '' if $text eq "\xe2\x80\x93" || $text eq '';
  $lang eq 'vi' ? $text =~ tr/.,/_./ : $text =~ tr/,/_/;
  $text =~ s/_(?=\d{3}(?!\d))//g;
  $text =~ s/^\xe2\x88\x92/-/;
  return $text =~ /^-?\d+(?:\.\d+)?$/ ? $text : "not a figure: $text";
}
sub same { my ($a, $b) = @_; return $a eq '' || $b eq '' || $a =~ /[^-.\d]/ ? $a eq $b : $a == $b }

sub check_soundness {
  my ($name, $lang, $html, $tokens) = @_;
  my (%ids, @twice, @links, @wrong);
  for (grep { $_->[0] eq 'open' } @$tokens) {
    my (undef, $element, $attribute) = @$_;
    push @wrong, "<$element>" if $element =~ /^(?:iframe|object|embed|img|image|link|base|form|input|button|audio|video|use|foreignObject|animate|set|a)$/i
      && !($element eq 'a' && join(',', keys %$attribute) eq 'href' && $attribute->{href} =~ /^#/);
    push @wrong, "<$element " . join(' ', keys %$attribute) . '>' if grep { /^(?:on|src|style$|action|data$|background|poster|ping)/i || /href/ && $element ne 'a' } keys %$attribute;
    push @twice, $attribute->{id} if defined $attribute->{id} && $ids{$attribute->{id}}++;
    for my $key (keys %$attribute) {
      my $value = $attribute->{$key};
      push @links, $1 while $value =~ /url\(#([^)]*)\)/g;
      push @links, $1 if $key eq 'href' && $value =~ /^#(.*)/s;
      push @wrong, "$key=$value" if $value =~ m{//|\bjavascript:|\bdata:} && !($key eq 'xmlns' && $value eq 'http://www.w3.org/2000/svg');
      push @wrong, "$key=$value" if $value =~ /url\((?!#)/;
    }
  }
  ok(!@wrong, "$name: nothing in it is loaded", @wrong);
  ok(!@twice, "$name: ids are unique", @twice);
  my @lost = grep { !$ids{$_} } @links;
  ok(@links > 3 && !@lost, "$name: every link has its target", scalar(@links), @lost);
  my ($root) = grep { $_->[0] eq 'open' } @$tokens;
  ok($root->[1] eq 'html' && $root->[2]{lang} eq $lang, "$name: the page says its language");
  ok($html =~ /\A<!DOCTYPE html>\n/ && $html =~ /\A.{0,200}<meta charset="utf-8">/s && $html =~ /<meta name="viewport"/, "$name: doctype, charset, viewport");

  my ($style, @more) = map { text_of(@$_) } parts($tokens, 'style', '', '');
  my ($script, @others) = map { text_of(@$_) } parts($tokens, 'script', '', '');
  my @csp = map { $_->[2]{content} } grep { $_->[0] eq 'open' && $_->[1] eq 'meta' && ($_->[2]{'http-equiv'} // '') eq 'Content-Security-Policy' } @$tokens;
  my ($style_hash, $script_hash) = map { my $hash = sha256_base64($_ // ''); $hash .= '=' while length($hash) % 4; $hash } $style, $script;
  ok(@csp == 1 && !@more && !@others
       && $csp[0] eq "default-src 'none'; style-src 'sha256-$style_hash'; script-src 'sha256-$script_hash'; base-uri 'none'; form-action 'none'",
     "$name: the policy lets in the one style sheet and the one script", @csp, $style_hash, $script_hash, scalar(@more), scalar(@others));
  ok($style eq slurp("$top/src/report/report.css") && $script eq slurp("$top/src/report/report.js"), "$name: which are the same in every report");
  ok($script !~ /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|\bFunction\b|fetch|XMLHttp|import|localStorage|cookie/, "$name: the script puts in nothing but text, and asks nobody");
  ok(index($html, 'Content-Security-Policy') < index($html, '<style'), "$name: and stands before it");
  ok($style !~ /url\(|\@import|expression/i, "$name: the style loads nothing");

  my @bad;
  for my $table (parts($tokens, 'table', '', '')) {
    my ($head) = parts($table, 'thead', '', '');
    my ($body) = parts($table, 'tbody', '', '');
    push @bad, 'a table without head or body' if !$head || !$body;
    my @head = cells($head // []);
    push @bad, 'head: ' . text_of(@$_) for grep { $_->[0][1] ne 'th' || ($_->[0][2]{scope} // '') ne 'col' } @head;
    for my $row (parts($body // [], 'tr', '', '')) {
      my @cells = cells($row);
      my @names = grep { $_->[0][1] eq 'th' } @cells;
      push @bad, 'row: ' . text_of(@$row) if @cells != @head || @names != 1 || ($names[0][0][2]{scope} // '') ne 'row';
    }
  }
  ok(!@bad, "$name: every table has a head, its cells say what they head, rows are whole", @bad);
}

# ---- the figures ----

my %grade = (vi => {excellent => 'Xuất sắc', good => 'Tốt', weak => 'Yếu', '' => ''}, en => {excellent => 'Excellent', good => 'Good', weak => 'Weak', '' => ''});

sub check_ranking {
  my ($name, $lang, $tokens, $folder) = @_;
  my ($section) = parts($tokens, 'section', 'id', 'ranking');
  my @unsorted = grep { ($_->[0][2]{'data-value'} // '') ne '' && !same(machine(text_of(@$_) =~ s/^=//r, $lang), $_->[0][2]{'data-value'}) }
    grep { ($_->[0][2]{class} // '') =~ /^(?:n|h\d)$/ } map { cells($_) } map { parts($_, 'tr', '', '') } map { parts($_, 'tbody', '', '') } $section, parts($tokens, 'section', 'id', 'heat');
  ok(!@unsorted, "$name: what the script sorts by is what is shown", map { text_of(@$_) } @unsorted);
  my %sheet = map { $_->[0][2]{id} => $_ } parts($tokens, 'section', 'class', 'sheet');
  my @rows = map { parts($_, 'tr', '', '') } parts($section, 'tbody', '', '');
  my (undef, @want) = csv_rows(slurp("$folder/ranking.csv"));
  my @wrong;
  ok(@rows == @want, "$name: as many rows as ranking.csv", scalar(@rows), scalar(@want));
  for my $i (0 .. ($#rows < $#want ? $#rows : $#want)) {
    my ($rank, $agency, undef, $points, $max, $index, $grade, $state) = @{$want[$i]};
    my @cell = cells($rows[$i]);
    my @text = map { text_of(@$_) } @cell;
    my ($id) = map { text_of(@$_) } parts($cell[1], 'span', 'class', 'soft');
    my ($link) = map { $_->[2]{href} } grep { $_->[0] eq 'open' && $_->[1] eq 'a' } @{$cell[1]};
    my ($title) = parts($sheet{substr($link, 1)} // [], 'h3', '', '');
    my $shown_rank = $text[0] =~ s/^=//r;
    push @wrong, "row $i: " . join(' | ', @text)
      unless same(machine($shown_rank, $lang), $rank) && $id eq $agency && same(machine($text[2], $lang), $points) && same(machine($text[3], $lang), $max)
      && same(machine($text[4], $lang), $index) && $text[5] eq $grade{$lang}{$grade} && text_of(@{$title // []}) eq $text[1];
  }
  ok(!@wrong, "$name: the ranking says what ranking.csv says, and each name leads to its sheet", @wrong);
}

sub check_sheets {
  my ($name, $lang, $tokens, $folder) = @_;
  my (undef, @scores) = csv_rows(slurp("$folder/scores.csv"));
  my (%want, @wrong, @unexplained, $lost_rows);
  push @{$want{$_->[0]}}, $_ for @scores;
  my %sheet;
  for my $part (parts($tokens, 'section', 'class', 'sheet')) {
    my ($title) = parts($part, 'h3', '', '');
    my ($id) = map { text_of(@$_) } parts($title, 'span', 'class', 'soft');
    $sheet{$id} = $part;
  }
  for my $agency (sort keys %want) {
    my ($total, @nodes) = @{$want{$agency}};
    my @rows = map { parts($_, 'tr', '', '') } map { parts($_, 'tbody', '', '') } $sheet{$agency} // [];
    push @wrong, "$agency: " . @rows . ' rows' if !$sheet{$agency} || @rows != @nodes;
    for my $i (0 .. ($#rows < $#nodes ? $#rows : $#nodes)) {
      my (undef, $criterion, $level, $state, $max, $points, $claimed) = @{$nodes[$i]};
      my @cell = cells($rows[$i]);
      my @text = map { text_of(@$_) } @cell;
      my ($id) = map { text_of(@$_) } parts($cell[0], 'span', '', '');
      push @wrong, "$agency $criterion: " . join(' | ', @text)
        unless $id eq $criterion && same(machine($text[1], $lang), $points) && same(machine($text[2], $lang), $max) && (@text < 7 || same(machine($text[4], $lang), $claimed));
      my $lost = machine($text[3], $lang);
      push @wrong, "$agency $criterion: lost $lost" unless same($lost, '') ? ($points || 0) == $max || $state eq 'watched' : abs($max - ($points || 0) - $lost) < 1e-9;
      next if $lost eq '' || $state eq '';
      $lost_rows++;
      push @unexplained, "$agency $criterion" unless length $text[-1] && length $text[-2];
    }
  }
  ok(keys %sheet == keys %want && !@wrong, "$name: each agency has its sheet, with the figures of scores.csv", @wrong);
  ok($lost_rows && !@unexplained, "$name: every lost point has its reason", @unexplained);
}

sub check_charts {
  my ($name, $html, $tokens, $folder) = @_;
  my @figures = parts($tokens, 'figure', '', '');
  my @files = glob("$folder/charts/*.svg");
  my (@wrong, %seen);
  for my $file (@files) {
    my $svg = slurp($file);
    my @parts = eval { tokens($svg) };
    push @wrong, "$file: $@" if $@ || $svg !~ m{\A<\?xml .*?<svg[\s>].*</svg>\s*\z}s || !grep { $_->[0] eq 'open' && $_->[1] eq 'title' } @parts;
    # But for what the page itself says: namespace, letters, canvas, lines, ground, and line ends.
    my $there = $svg =~ s/\A.*?<svg [^\n]*\n/<svg role="img"/sr =~ s/ fill="none" stroke-linecap[^>]* font-size="13"//r =~ s/ shape-rendering="auto"//gr =~ s{<path fill="#ffffff" d="M0 0h[^>]*/>}{}r =~ s/\n//gr;
    push @wrong, "$file does not stand in the page" if index($html, $there) < 0;
  }
  ok(@files && @files == @figures && !@wrong, "$name: every chart is whole and stands in the page", scalar(@files), scalar(@figures), @wrong);
  my @silent = grep { my ($svg) = parts($_, 'svg', 'role', 'img'); !$svg || grep { my ($said) = parts($svg, $_, '', ''); !$said || !length text_of(@$said) } 'title', 'desc' } @figures;
  ok(!@silent, "$name: every chart says in words what it shows");
}

sub check_json {
  my ($name, $folder) = @_;
  my $json = eval { decode_json(slurp("$folder/results.json")) };
  return ok(0, "$name: results.json can be read", $@) unless $json;
  my @wrong;
  for my $table (['ranking', $json->{ranking}], ['scores', $json->{scores}]) {
    my ($file, $rows) = @$table;
    my ($head, @want) = csv_rows(slurp("$folder/$file.csv"));
    push @wrong, "$file: " . @$rows . ' rows, not ' . @want if @$rows != @want;
    for my $i (0 .. ($#$rows < $#want ? $#$rows : $#want)) {
      for my $k (0 .. $#$head) {
        my ($got, $csv) = ($rows->[$i]{$head->[$k]}, $want[$i][$k]);
        utf8::encode($got) if defined $got;
        push @wrong, "$file row $i, $head->[$k]: " . ($got // 'null') . " is not $csv" unless same(defined $got ? "$got" : '', $csv);
      }
    }
  }
  ok($json->{ari} eq 'results/1' && !@wrong, "$name: results.json and the tables say the same", @wrong);
}

# The table of fields, worked out again from scores.csv: 100 × points ÷ max, half up to two decimals, and its colour in steps of 20.
sub check_heat {
  my ($name, $lang, $tokens, $folder) = @_;
  my ($section) = parts($tokens, 'section', 'id', 'heat');
  my (undef, @scores) = csv_rows(slurp("$folder/scores.csv"));
  my (%field, @wrong, $n);
  push @{$field{$_->[0]}}, $_ for grep { $_->[2] eq '1' && $_->[1] !~ /^(?:bonus|penalty)$/ } @scores;
  for my $row (map { parts($_, 'tr', '', '') } map { parts($_, 'tbody', '', '') } $section // []) {
    my ($head, @cells) = cells($row);
    my ($id) = map { text_of(@$_) } parts($head, 'span', 'class', 'soft');
    my @fields = @{$field{$id} // []};
    push @wrong, "$id: " . @cells . ' cells' if @fields && @fields != @cells;
    for my $i (0 .. $#fields) {
      my (undef, $criterion, undef, undef, $max, $points) = @{$fields[$i]};
      my $want = $points eq '' || $max == 0 ? undef : (Math::BigRat->new($points) * 100 / Math::BigRat->new($max) * 100 + Math::BigRat->new('1/2'))->bfloor / 100;
      my $step = defined $want ? ($want / 20)->bfloor : '';
      $step = 4 if defined $want && $step > 4;
      my $shown = machine(text_of(@{$cells[$i]}), $lang);
      push @wrong, "$id $criterion: $shown, $cells[$i][0][2]{class}, not $want" if defined $want ? $shown != $want->numify || $cells[$i][0][2]{class} ne "h$step" : $shown ne '';
      $n++;
    }
  }
  ok($n && !@wrong, "$name: the table of fields has each field's index and its colour", @wrong);
}

# Every criterion of every agency ends in one state: the numbers are those of scores.csv, and they add up.
sub check_states {
  my ($name, $lang, $tokens, $folder) = @_;
  my ($section) = parts($tokens, 'section', 'id', 'summary');
  my (undef, @scores) = csv_rows(slurp("$folder/scores.csv"));
  my %want;
  $want{$_->[3]}++ for grep { $_->[1] ne 'total' && $_->[3] ne '' } @scores;
  my @shown = map { machine(text_of(@{(cells($_))[1]}), $lang) } map { parts($_, 'tr', '', '') } map { parts($_, 'tbody', '', '') } $section;
  my $all = pop @shown // 0;
  my $sum = 0;
  $sum += $_ for @shown;
  my $said = join ' ', sort { $a <=> $b } @shown;
  ok($sum == $all && $said eq join(' ', sort { $a <=> $b } values %want), "$name: the states of the criteria are counted, and add up", $said, $sum, $all, %want);
}

my %job = (
  'the real example' => ['criteria/service-quality-766', 'criteria/service-quality-766/example/evidence-2026-08.csv', '--period', '2026-08'],
  'the small set' => ['tests/data/small', 'tests/data/small/evidence.csv'],
);
my %page;
for my $job (sort keys %job) {
  for my $lang ('vi', 'en') {
    my $name = "$job in $lang";
    my $folder = "$tmp/" . ($job =~ s/\W/-/gr) . "-$lang";
    my ($status, undef, $err) = run({}, 'run', '--lang', $lang, @{$job{$job}}, '-o', $folder);
    next unless ok($status eq '0' && -e "$folder/report.html", "$name can be run", "status $status", $err);
    my $html = slurp("$folder/report.html");
    my @tokens = eval { tokens($html) };
    next unless ok(!$@, "$name: every tag is closed in its order", $@);
    check_soundness($name, $lang, $html, \@tokens);
    check_ranking($name, $lang, \@tokens, $folder);
    check_sheets($name, $lang, \@tokens, $folder);
    check_heat($name, $lang, \@tokens, $folder);
    check_states($name, $lang, \@tokens, $folder);
    check_charts($name, $html, \@tokens, $folder);
    check_json($name, $folder);
    $page{$job}{$lang} = [$folder, \@tokens];
  }
}

# ---- without gnuplot ----

# The page as text with its structure, without charts, warnings, and the sentence that says why there are no charts.
sub rest_of {
  my ($tokens, $sentence) = @_;
  my ($figure, $summary, $warnings, $rest) = (0, 0, 0, '');
  for my $t (@$tokens) {
    my ($opens, $closes) = ($t->[0] eq 'open' ? $t->[1] : '', $t->[0] eq 'close' ? $t->[1] : '');
    $figure++ if $opens eq 'figure';
    $summary = $t->[2]{id} eq 'summary' if $opens eq 'section';
    $warnings = 1 if $summary && $opens eq 'h3';
    $warnings = 0 if $closes eq 'section';
    $rest .= join('|', @$t[0, 1], $opens ? map { "$_=$t->[2]{$_}" } sort keys %{$t->[2]} : ()) . "\n" unless $figure || $warnings;
    $figure-- if $closes eq 'figure';
  }
  $rest =~ s/text\|\s*\n+//g;
  $rest =~ s/open\|p\|class=soft\ntext\|\Q$sentence\E\nclose\|p\n// or return "it does not say: $sentence" if $sentence;
  return $rest;
}

my ($words) = slurp("$top/src/base/words.def");
for my $lang ('vi', 'en') {
  my ($en, $vi) = $words =~ /^WORD\(no_charts, "([^"]*)", "([^"]*)"/m;
  my $folder = "$tmp/without-$lang";
  my %how = ('ARI_GNUPLOT that is not there' => {ARI_GNUPLOT => '/nonexistent/gnuplot'}, 'an empty PATH' => {PATH => ''});
  for my $how (sort keys %how) {
    my $name = "without gnuplot ($how, $lang)";
    system('rm', '-rf', $folder);
    my ($status, undef, $err) = run($how{$how}, 'run', '--lang', $lang, @{$job{'the small set'}}, '-o', $folder);
    ok($status eq '0' && $err =~ /\[W070[19]\]/, "$name: a warning, no more", "status $status", $err);
    my @tokens = eval { tokens(slurp("$folder/report.html") // '') };
    my ($with_folder, $with) = @{$page{'the small set'}{$lang}};
    my ($got, $want) = (rest_of(\@tokens, $lang eq 'vi' ? $vi : $en), rest_of($with, ''));
    ok($got eq $want, "$name: the report says so, and the rest is the same", $@, $got =~ /\n/ ? () : $got);
    ok(!(grep { slurp("$folder/$_") ne slurp("$with_folder/$_") } 'ranking.csv', 'scores.csv', 'results.json'), "$name: and so are the tables");
    ok(!glob("$folder/charts/*"), "$name: there are no charts");
    system('rm', '-rf', $folder);
    ($status, undef, $err) = run($how{$how}, 'run', '--lang', $lang, '--charts=required', @{$job{'the small set'}}, '-o', $folder);
    ok($status eq '3' && $err =~ /\[F0700\]/ && !-e "$folder/report.html" && !-e "$folder/ari.db", "$name: charts that were demanded are a failure, and nothing is there",
       "status $status", $err);
  }
}

print "1..$count\n";
