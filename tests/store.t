#!/usr/bin/perl
# The database of `ari run` as others see it: with sqlite3, and through every command that reads results. Documented names, the same output
# as from the files, the same rows again, the chain of the log, and the exact words for each way in which a database can be refused.
use strict;
use warnings;
use Cwd qw(abs_path);
use Digest::SHA qw(sha256_hex);
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Temp qw(tempdir);
use lib dirname(abs_path($0));
use Harness qw($top $ari $tmp ok is done slurp put program start finish shell);

my $sqlite = program('sqlite3') or do { print "Bail out! sqlite3 is missing\n"; exit 1 };

sub run { return finish(start($top, {}, $ari, @_)) }
sub sql {
  my ($base, @words) = @_;
  my ($status, $said, $e) = finish(start($tmp, {}, $sqlite, '-batch', $base, @words));
  return $status eq 0 ? $said : "sqlite3: $status $e";
}

# ---- somebody holds one database all the while: the five seconds are waited out beside the other tests ----

my ($made, undef, $err) = run('run', '--charts', 'none', 'tests/data/small', 'tests/data/small/evidence.csv', '-o', "$tmp/small");
ok($made eq 0, 'the small set is run', $err);
my $db = "$tmp/small/ari.db";
copy($db, "$tmp/busy.db") or die;
my ($holder, $hold) = shell("$tmp/busy.db", 'BEGIN EXCLUSIVE;');
my %busy = map { $_ => start($tmp, {}, $ari, 'rank', '--lang', $_, 'busy.db') } qw(vi en);

# ---- names that others may rely on ----

my %columns = (
  file => [qw(sha256 kind name bytes)],
  round => [qw(id set_id period state)],
  log => [qw(seq at actor action round file reason prev hash)],
  result => [qw(round agency node state points_e12 max_e12 claimed_e12)],
  ranking => [qw(round agency grp rank points_e12 max_e12 index_e12 grade state)],
);
for my $table (sort keys %columns) {
  my $rows = sql($db, 'SELECT ' . join(', ', @{$columns{$table}}) . " FROM $table");
  ok($rows !~ /^sqlite3:/ && length $rows, "$table(" . join(', ', @{$columns{$table}}) . ')', $rows);
}
is(sql($db, 'SELECT id, set_id, period, state FROM round'), "trial|small|2026|trial\n", 'one round of state trial');

# Shortest decimals of a figure in units of 10^-12.
sub shortest {
  my ($e12) = @_;
  return '' if $e12 eq '';
  my ($sign, $digits) = $e12 =~ /^(-?)(\d+)$/ or return "?$e12";
  my $text = sprintf '%s%s.%s', $sign, $1, $2 if sprintf('%013s', $digits) =~ /^(\d+)(\d{12})$/;
  $text =~ s/\.?0+$//;
  return $text;
}

my $real = 'criteria/service-quality-766';
my @month = ('--period', '2026-08');
my $real_csv = "$real/example/evidence-2026-08.csv";
put("$tmp/wrong.csv", "agency,period,plan.timing,reports.sent,on_time.on_time,on_time.resolved,online.online,online.all\n"
  . "a1,2026,on_time,4,21,30,8,10\na2,2026,late,2,31,30,5,10\n");
put("$tmp/wrong.yaml", "ari: evidence/1\nset: small\nagency: a3\nperiod: 2026\nevidence:\n  reports: {sent: hai}\n");
my @sources = (
  ['small', "$tmp/small/ari.db", 'a1', 'on_time', 0, ['tests/data/small', 'tests/data/small/evidence.csv']],
  ['small, YAML', "$tmp/yaml/ari.db", 'a1', 'plan', 0, ['tests/data/small', 'tests/data/small/evidence.yaml']],
  ['agencies in error', "$tmp/wrong/ari.db", 'a1', 'online', 1, ['--keep-going', 'tests/data/small', "$tmp/wrong.yaml", "$tmp/wrong.csv"]],
  ['163 agencies', "$tmp/real/ari.db", 'H44.222', 'satisfaction', 0, [@month, $real, $real_csv]],
);
for my $source (@sources) {
  my ($name, $base, undef, undef, $want, $words) = @$source;
  next if $name eq 'small';
  my ($status, undef, $e) = run('run', '--charts', 'none', @$words, '-o', dirname($base));
  ok($status eq $want, "$name: run", $e);
}

for my $source (@sources) {
  my ($name, $base) = @$source;
  my (undef, $scores) = run('score', '--format', 'csv', $base);
  my $rows = "agency,criterion,state,max,points,claimed\n";
  for (split /\n/, sql($base, 'SELECT agency, node, state, max_e12, points_e12, claimed_e12 FROM result ORDER BY rowid')) {
    my ($agency, $node, $state, @figures) = split /\|/, $_, -1;
    $rows .= join(',', $agency, $node, $state, map { shortest($_) } @figures) . "\n";
  }
  (my $without_level = $scores) =~ s/^([^,]*,[^,]*),[^,]*,/$1,/mg;
  is($rows, $without_level, "$name: result holds what ari score writes");
  my (undef, $ranking) = run('rank', '--format', 'csv', $base);
  $rows = "rank,agency,group,points,max,index,grade,state\n";
  for (split /\n/, sql($base, 'SELECT rank, agency, grp, points_e12, max_e12, index_e12, grade, state FROM ranking ORDER BY rowid')) {
    my ($rank, $agency, $group, $points, $max, $index, @rest) = split /\|/, $_, -1;
    $rows .= join(',', $rank, $agency, $group, (map { shortest($_) } $points, $max, $index), @rest) . "\n";
  }
  is($rows, $ranking, "$name: ranking holds what ari rank writes");
}

# ---- the same output from SET EVIDENCE and from the database, in every form ----

for my $source (@sources) {
  my ($name, $base, $agency, $criterion, $want, $words) = @$source;
  my @wrong;
  my $said = 0;
  for my $lang ('vi', 'en') {
    for my $command (['rank', 'table'], ['rank', 'csv'], ['rank', 'json'], ['score', 'table'], ['score', 'csv'], ['score', 'json'],
                     ['explain', 'table', '--agency', $agency], ['explain', 'json', '--agency', $agency, '--criterion', $criterion]) {
      my ($verb, $format, @options) = @$command;
      my @from_files = run($verb, '--lang', $lang, '--format', $format, @options, @$words);
      my @from_base = run($verb, '--lang', $lang, '--format', $format, @options, $base);
      $said += length $from_files[1];
      push @wrong, "$verb $format $lang: status $from_files[0] and $from_base[0]\n$from_files[2]\n$from_base[2]"
        unless $from_files[0] eq $want && join("\0", @from_files) eq join("\0", @from_base);
    }
  }
  ok($said > 1000 && !@wrong, "$name: rank, score and explain print the same from the database", @wrong);
}
{
  my ($status, $said, $e) = run('rank', '--format', 'csv', '--period', '2026-08', "$tmp/real/ari.db");
  ok($status eq 0 && $said, 'the period may be named again', $e);
  my ($s2, $again) = run('rank', '--format', 'csv', '--round', 'trial', "$tmp/real/ari.db");
  ok($s2 eq 0 && $again eq $said, 'and the round');
}

# ---- the same inputs, the same rows; other files the same bytes ----

for my $source (@sources) {
  my ($name, $base, undef, undef, undef, $words) = @$source;
  my $again = "$tmp/again";
  system('rm', '-rf', $again);
  run('run', '--charts', 'none', @$words, '-o', $again);
  is(sql("$again/ari.db", '.dump'), sql($base, '.dump'), "$name: a second run gives the same rows");
  my @differ = grep { slurp("$again/$_") ne slurp(dirname($base) . "/$_") || !-s "$again/$_" } qw(report.html ranking.csv scores.csv results.json);
  ok(!@differ, "$name: and the same bytes of all other files", @differ);
}

# ---- the chain, walked without ari ----

for my $source (@sources) {
  my ($name, $base) = @$source;
  my ($prev, $n, @wrong) = ('', 0);
  my @columns = qw(seq at actor action round file reason detail prev hash);
  my $query = 'SELECT ' . join(" || '|' || ", map { "iif($_ IS NULL, '-', hex($_))" } @columns) . ' FROM log ORDER BY seq';
  for (split /\n/, sql($base, $query)) {
    my ($seq, $at, @fields) = map { $_ eq '-' ? undef : pack('H*', $_) } split /\|/, $_, -1;
    my $hash = pop @fields;
    $fields[-1] = $prev;
    $n++;
    my $text = "ari log 1\n$seq\n$at\n" . join('', map { defined $_ ? length($_) . ":$_\n" : "-\n" } @fields);
    push @wrong, "entry $seq" unless $seq == $n && $hash eq sha256_hex($text);
    $prev = $hash;
  }
  push @wrong, 'the last hash is not the last entry' unless sql($base, 'SELECT hash FROM log ORDER BY seq DESC LIMIT 1') eq "$prev\n";
  ok($n >= 5 && !@wrong, "$name: $n entries of the log are one chain", @wrong);
  my @files = split /\n/, sql($base, "SELECT sha256 || ' ' || hex(bytes) FROM file");
  my @other = grep { my ($hash, $bytes) = split / /; sha256_hex(pack 'H*', $bytes) ne $hash } @files;
  ok(@files >= 3 && !@other, "$name: the hashes of files are those of their bytes");
}

# ---- each refusal in its exact words ----

# Runs `ari WORDS` on the database `x.db` in a folder of its own and compares status and stderr; $prepare changes the database.
sub refusal {
  my ($code, $want, $vi, $en, $prepare, @words) = @_;
  my %say = (vi => $vi, en => $en);
  for my $lang ('vi', 'en') {
    my $folder = tempdir(DIR => $tmp);
    chmod 0755, $folder;
    copy($db, "$folder/x.db") or die;
    my $how = $prepare->($folder);
    my @call = (@words ? @words : ('rank', 'x.db'), '--lang', $lang);
    my ($status, $stdout, $e) = finish(start($folder, {}, ref $how ? @$how : (), $ari, @call));
    is("$status $stdout$e", "$want " . $say{$lang}, "$code in $lang");
  }
}
sub change { my ($sql) = @_; return sub { my $said = sql("$_[0]/x.db", $sql); die $said if $said =~ /^sqlite3:/; return } }

refusal('F0601', 3, "sự cố[F0601]: \"x.db\" đã hỏng hoặc không phải cơ sở dữ liệu\n  = gợi ý: lấy lại tệp từ bản sao lưu\n",
  "failure[F0601]: \"x.db\" is damaged or is no database\n  = help: take the file from a backup\n", sub { truncate("$_[0]/x.db", 5000); return });

# Leaves a change broken off, as a kill or a power cut does: pages written, the journal beside.
sub break_off {
  my ($base) = @_;
  my ($pid, $waits) = shell($base, "PRAGMA cache_size = 1;\nBEGIN;\nUPDATE round SET state = 'half';\nCREATE TABLE filler(x);\nINSERT INTO filler WITH RECURSIVE n(i) AS"
    . " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT zeroblob(1000) FROM n;");
  kill 'KILL', $pid;   # while it still waits: at the end of its input it would take everything back
  waitpid $pid, 0;
  close $waits;
  die "no journal beside $base" unless -s "$base-journal";
}
{
  copy($db, "$tmp/broken.db") or die;
  break_off("$tmp/broken.db");
  my ($status, $said, $e) = run('rank', '--format', 'csv', "$tmp/broken.db");
  my (undef, $want) = run('rank', '--format', 'csv', $db);
  ok($status eq 0 && $said eq $want && !-e "$tmp/broken.db-journal", 'a change broken off is taken back before reading', $e);
}

# Permissions mean nothing to root: then as somebody else, where that one may run the program at all.
my @nobody = $> ? () : ($^X, '-e', '$) = "65534 65534"; $( = 65534; $< = $> = 65534; exec { $ARGV[0] } @ARGV or exit 127');
if ((finish(start($tmp, {}, @nobody, $ari, '--version')))[0] eq 0) {
  my $read_only = sub {
    my ($folder) = @_;
    break_off("$folder/x.db");
    chmod 0444, "$folder/x.db", "$folder/x.db-journal";
    chmod 0555, $folder;
    return \@nobody;
  };
  refusal('F0603', 3, "sự cố[F0603]: \"x.db\" còn dở một lần ghi, không khôi phục được ở nơi chỉ có quyền đọc\n"
    . "  = gợi ý: mở tệp một lần ở nơi có quyền ghi cả tệp lẫn thư mục chứa nó\n",
    "failure[F0603]: \"x.db\" was left in the middle of a change, which cannot be taken back where the file may only be read\n"
    . "  = help: open it once where the file and its folder may be written\n", $read_only);
} else {
  ok(1, 'F0603 # SKIP the program lies where nobody else may run it');
}
refusal('F0604', 3, "sự cố[F0604]: không mở được cơ sở dữ liệu \"x.db\"\n  = gợi ý: kiểm tra xem tệp có ở đó và có quyền đọc không\n",
  "failure[F0604]: the database \"x.db\" cannot be opened\n  = help: check that the file is there and may be read\n",
  sub { break_off("$_[0]/x.db"); return ['sh', '-c', 'ulimit -n 4; exec "$@"', 'sh'] });
refusal('F0605', 3, "sự cố[F0605]: cơ sở dữ liệu \"x.db\" báo lỗi: no such table: file\n",
  "failure[F0605]: the database \"x.db\" gives an error: no such table: file\n", change('DROP TABLE file'));
refusal('F0606', 3, "sự cố[F0606]: \"x.db\" do phiên bản ari mới hơn tạo ra\n  = gợi ý: cài phiên bản mới hơn\n",
  "failure[F0606]: \"x.db\" was made by a newer version of ari\n  = help: install the newer version\n", change('PRAGMA user_version = 99'));
refusal('F0607', 3, "sự cố[F0607]: \"x.db\" là cơ sở dữ liệu của chương trình khác\n  = gợi ý: ghi tên tệp ari.db mà 'ari run' đã tạo; với -o thì chọn thư mục khác\n",
  "failure[F0607]: \"x.db\" is a database of another program\n  = help: name the ari.db that 'ari run' has written; with -o choose another folder\n",
  change('PRAGMA application_id = 7'));
refusal('F0608', 3, "sự cố[F0608]: \"x.db\" đi qua một liên kết; ari không mở cơ sở dữ liệu qua liên kết\n  = gợi ý: ghi đường dẫn thật của tệp\n",
  "failure[F0608]: \"x.db\" leads through a link, which is not followed for databases\n  = help: write the real path of the file\n",
  sub { rename "$_[0]/x.db", "$_[0]/y.db"; symlink 'y.db', "$_[0]/x.db"; return });
refusal('F0609', 3, "sự cố[F0609]: trong \"x.db\", tệp \"tests/data/small/evidence.csv\" không còn đúng như khi tiếp nhận\n"
  . "  = gợi ý: cơ sở dữ liệu đã bị sửa: lấy lại từ bản sao lưu\n",
  "failure[F0609]: in \"x.db\" the stored file \"tests/data/small/evidence.csv\" is no longer what was accepted\n"
  . "  = help: the database has been changed: take it from a backup\n",
  change("DROP TRIGGER file_keep; UPDATE file SET bytes = CAST(replace(CAST(bytes AS TEXT), '21,30', '30,30') AS BLOB) WHERE kind = 'evidence'"));
refusal('E0610', 1, "lỗi[E0610]: \"x.db\" không có đợt \"2025\"\n  = gợi ý: các đợt trong đó: trial\n",
  "error[E0610]: \"x.db\" has no round \"2025\"\n  = help: its rounds are: trial\n", sub { return }, 'rank', 'x.db', '--round', '2025');
refusal('E0611', 1, "lỗi[E0611]: \"x.db\" có nhiều đợt\n  = gợi ý: chọn một đợt bằng --round: second, trial\n",
  "error[E0611]: \"x.db\" holds several rounds\n  = help: choose one with --round: second, trial\n",
  change("INSERT INTO round(id, set_id, period, state, asked, keep_going, engine, entry) SELECT 'second', set_id, period, state, asked, keep_going, engine, entry FROM round"));
refusal('E0612', 1, "lỗi[E0612]: \"x.db\" không có đợt nào\n", "error[E0612]: \"x.db\" holds no round\n", change('PRAGMA foreign_keys = OFF; DELETE FROM round'));
refusal('E0613', 1, "lỗi[E0613]: đợt trong \"x.db\" là của kỳ 2026, không phải kỳ 2025\n  = gợi ý: bỏ --period, hoặc ghi tên cơ sở dữ liệu của kỳ đó\n",
  "error[E0613]: the round in \"x.db\" is of the period 2026, not of 2025\n  = help: leave --period out, or name the database of that period\n",
  sub { return }, 'rank', 'x.db', '--period', '2025');
my @set = ("$top/tests/data/small", "$top/tests/data/small/evidence.csv");
refusal('F0614', 3, "sự cố[F0614]: không ghi được \"new/ari.db\": hết chỗ được phép dùng, hoặc ổ đĩa báo lỗi\n  = gợi ý: dọn bớt ổ đĩa, hoặc ghi sang ổ đĩa khác\n",
  "failure[F0614]: \"new/ari.db\" could not be written: there is no more room for it, or the disk reports an error\n"
  . "  = help: make room on the disk, or write to another one\n", sub { return ['sh', '-c', 'ulimit -f 20; exec "$@"', 'sh'] },
  'run', '--charts', 'none', @set, '-o', 'new');
my $beside = sub { my ($prepare) = @_; return sub { mkdir "$_[0]/new"; $prepare->($_[0]); rename "$_[0]/x.db", "$_[0]/new/ari.db"; return } };
refusal('F0710', 3, "sự cố[F0710]: \"new/ari.db\" đang lưu một đợt đánh giá thật nên không bao giờ bị ghi đè\n  = gợi ý: chọn thư mục khác sau -o\n",
  "failure[F0710]: \"new/ari.db\" keeps a real round and is never overwritten\n  = help: choose another folder with -o\n",
  $beside->(change("UPDATE round SET state = 'collecting'")), 'run', '--charts', 'none', @set, '-o', 'new');
refusal('F0711', 3, "sự cố[F0711]: đã có \"new/ari.db\" nhưng không phải cơ sở dữ liệu\n  = gợi ý: chuyển tệp đó đi nơi khác, hoặc chọn thư mục khác sau -o\n",
  "failure[F0711]: \"new/ari.db\" is there already and is not a database\n  = help: move that file away, or choose another folder with -o\n",
  $beside->(sub { put("$_[0]/x.db", "notes\n") }), 'run', '--charts', 'none', @set, '-o', 'new');

my %say = (vi => "sự cố[F0602]: \"busy.db\" đang được chương trình khác sử dụng\n  = gợi ý: chờ chương trình kia xong rồi làm lại\n",
           en => "failure[F0602]: \"busy.db\" is being used by another program\n  = help: wait until the other program has ended, then try again\n");
for my $lang ('vi', 'en') {
  my ($status, $said, $e) = finish($busy{$lang});
  is("$status $said$e", "3 $say{$lang}", "F0602 in $lang, after five seconds");
}
close $hold;
waitpid $holder, 0;

done();
