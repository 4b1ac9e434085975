#!/usr/bin/perl
# ari log, verify and backup. Whatever is changed in a database, by the sqlite3 program on a copy, with the triggers taken away and put back, is found and named in these words; what the
# machine refuses leaves the file as it was; copies are whole whoever writes meanwhile.
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
my %env = (SOURCE_DATE_EPOCH => 1788134400, LOGNAME => 'Lan');

sub run { return finish(start($tmp, \%env, $ari, @_)) }
sub sql {
  my ($base, @words) = @_;
  my ($status, $said, $e) = finish(start($tmp, {}, $sqlite, '-batch', '-cmd', '.timeout 20000', $base, @words));
  die "sqlite3: $status $e" unless $status eq 0;
  return $said;
}

my ($made, undef, $err) = finish(start("$top/tests/data", \%env, $ari, 'run', '--charts', 'none', 'small', 'small/evidence.csv', '-o', "$tmp/small"));
ok($made eq 0, 'the small set is run', $err);
copy("$tmp/small/ari.db", "$tmp/good.db") or die;
my $db = "$tmp/good.db";
my $triggers = sql($db, "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'");
my @names = $triggers =~ /CREATE TRIGGER (\w+)/g;
my $drop = join ' ', map { "DROP TRIGGER $_;" } @names;
ok(@names == 9, 'there are nine triggers to take away');
chomp(my $head = sql($db, 'SELECT hash FROM log WHERE seq = 5'));

# Somebody holds one database all the while: the five seconds are waited out beside the other tests.
copy($db, "$tmp/busy.db") or die;
my ($holder, $hold) = shell("$tmp/busy.db", 'BEGIN EXCLUSIVE;');
my %busy = map { $_->[0] => start($tmp, \%env, $ari, '--lang', 'en', @$_) } ['verify', 'busy.db'], ['log', 'busy.db'], ['backup', 'busy.db', 'busy.copy'];

# ---- nothing was changed ----

my ($entries, $rows) = (5, 18);   # open, three files, score; 3 agencies with 5 nodes each and their 3 ranks
is(join('', run('verify', 'good.db', '--lang', 'en')), "0All holds: rounds 1, files 3, entries of the log $entries, rows of results $rows; head of the log: $head\n", 'all holds');
is(join('', run('verify', 'good.db')), "0Toàn vẹn: 1 đợt, 3 tệp, $entries mục nhật ký, $rows dòng kết quả đều khớp; mã cuối của nhật ký: $head\n", 'all holds, in Vietnamese');
is(join('', run('verify', 'good.db', '--lang', 'en', '--head', $head)),
   "0All holds: rounds 1, files 3, entries of the log $entries, rows of results $rows; head of the log: $head\n", 'with its head');
{
  chomp(my $earlier = sql($db, 'SELECT hash FROM log WHERE seq = 3'));
  my ($status, $said, $e) = run('verify', 'good.db', '--lang', 'en', '--head', $earlier);
  ok($status eq 0 && $said =~ /head of the log: $head; entries after the head that was given: 2\n\z/ && $e eq '', 'an earlier head is an entry of the log, and two came after', $said, $e);
  (undef, $said) = run('verify', 'good.db', "--head=$earlier");
  ok($said =~ /$head; sau mã đã cho có thêm 2 mục\n\z/, 'in Vietnamese', $said);
}
for (['163 agencies', '--period', '2026-08', "$top/criteria/service-quality-766", "$top/criteria/service-quality-766/example/evidence-2026-08.csv"],
     ['agencies in error', '--keep-going', "$top/tests/data/small", "$tmp/wrong.csv"]) {
  my ($name, @words) = @$_;
  put("$tmp/wrong.csv", "agency,period,plan.timing,reports.sent\na1,2026,on_time,4\na2,2026,late,hai\n");
  my ($ran, undef, $e) = run('run', '--charts', 'none', @words, '-o', "$tmp/other");
  my ($status, $said, $told) = run('verify', "$tmp/other/ari.db", '--lang', 'en');
  ok($ran eq ($name =~ /error/ ? 1 : 0) && $status eq 0 && $said =~ /^All holds/ && $told eq '', "$name: all holds, and nothing is told twice", $e, $said, $told);
}

# ---- whatever was changed is named ----

# The log of a database written anew, so that its chain holds again.
sub rehash {
  my ($base) = @_;
  my $prev = '';
  my $words = '';
  for my $seq (split /\n/, sql($base, 'SELECT seq FROM log ORDER BY seq')) {
    my ($at, @fields) = map { $_ eq '' ? undef : pack 'H*', substr($_, 1) } split /\|/,
      sql($base, "SELECT 'x' || hex(CAST(at AS TEXT)), " . join(', ', map { "CASE WHEN $_ IS NULL THEN '' ELSE 'x' || hex($_) END" } qw(actor action round file reason detail)) . " FROM log WHERE seq = $seq") =~ s/\n\z//r, -1;
    my $text = "ari log 1\n$seq\n$at\n" . join '', map { defined $_ ? length($_) . ":$_\n" : "-\n" } @fields, $prev;
    my $hash = sha256_hex($text);
    $words .= "UPDATE log SET prev = '$prev', hash = '$hash' WHERE seq = $seq;";
    $prev = $hash;
  }
  sql($base, "$drop $words $triggers");
  return $prev;
}
# A copy that was changed: its name.
my $changes = 0;
sub changed {
  my ($words, $bare) = @_;
  my $name = "x" . ++$changes . ".db";
  copy($db, "$tmp/$name") or die;
  sql("$tmp/$name", 'PRAGMA foreign_keys = OFF; ' . ($bare ? $words : "$drop $words; $triggers"));
  return $name;
}
my %vi;   # code => how it reads in Vietnamese, from the first change that brings it about
my %told;
sub found {
  my ($name, $words, $want, $vi, @options) = @_;
  my $base = ref $words ? $words->() : changed($words);
  my $before = slurp("$tmp/$base");
  my ($status, $said, $e) = run('verify', $base, '--lang', 'en', @options);
  my $n = () = $want =~ /^error/mg;
  is("$status $said$e", "1 Does NOT hold: errors: $n, see the messages.\n$want", $name);
  $told{$_} = 1 for $want =~ /\[(\w+)\]/g;
  if ($vi) {
    ($status, $said, $e) = run('verify', $base, @options);
    is("$status $said$e", "1 KHÔNG toàn vẹn: $n điểm sai, xem các thông báo lỗi.\n$vi", "$name, in Vietnamese");
    $vi{$_} = 1 for $vi =~ /\[(\w+)\]/g;
  }
  ok(slurp("$tmp/$base") eq $before && !-e "$tmp/$base-journal", "$name: the file is as it was");
  unlink "$tmp/$base";
}
my $other = sha256_hex('a');
my $csv = 'small/evidence.csv';

# stored files
my $bytes = "error[E0629]: the stored file \"$csv\" is not the one that entry 4 of the log accepted\n  = help: results were not derived again from it\n";
found('a changed byte of a stored file', "UPDATE file SET bytes = CAST(replace(CAST(bytes AS TEXT), '21,30', '30,30') AS BLOB) WHERE kind = 'evidence'", $bytes,
  "lỗi[E0629]: tệp đang lưu \"$csv\" không phải là tệp đã tiếp nhận ở mục 4 của nhật ký\n  = gợi ý: vì vậy kết quả không được tính lại từ tệp này\n");
found('and its sha256 with it', "UPDATE file SET bytes = x'61', sha256 = '$other' WHERE kind = 'evidence'", $bytes);
my $row = sub { my ($what) = @_; return "error[E0630]: the row of the stored file \"small/agencies.yaml\" does not agree with entry 3 of the log: $what\n" };
found('a changed sha256 alone', "UPDATE file SET sha256 = 'x' WHERE id = 2", $row->('sha256'),
  "lỗi[E0630]: dòng của tệp \"small/agencies.yaml\" trong bảng file không khớp với mục 3 của nhật ký: sha256\n");
found('a changed kind of file', "UPDATE file SET kind = 'evidence' WHERE id = 2", $row->('kind'));
found('a changed name of a file', "UPDATE file SET name = 'small/agencies.yamm' WHERE id = 2", $row->('name') =~ s/yaml/yamm/r);
found('a file that names another entry', 'UPDATE file SET entry = 1 WHERE id = 2',
  "error[E0630]: the row of the stored file \"small/agencies.yaml\" does not agree with entry 1 of the log: entry\n\n"
  . "error[E0630]: the row of the stored file \"small/criteria.yaml\" does not agree with entry 2 of the log: id\n\n"
  . "error[E0632]: what entry 3 of the log records is not there any more: accept agencies small/agencies.yaml\n");
found('a file in another round', "INSERT INTO round(id, set_id, period, state, asked, keep_going, engine, entry) SELECT 'second', set_id, period, state, asked, keep_going, engine, entry FROM round; UPDATE file SET round = 'second' WHERE id = 2",
  $row->('round') . "\nerror[E0633]: the row of round \"second\" is not what its log and files say: entry\n");
found('a file twice', 'INSERT INTO file(id, round, sha256, kind, name, bytes, entry) SELECT 4, round, sha256, kind, name, bytes, entry FROM file WHERE id = 3',
  "error[E0630]: the row of the stored file \"$csv\" does not agree with entry 4 of the log: id\n");
found('files in another order', 'UPDATE file SET id = 9 WHERE id = 2; UPDATE file SET id = 2 WHERE id = 3; UPDATE file SET id = 3 WHERE id = 9',
  "error[E0630]: the row of the stored file \"$csv\" does not agree with entry 4 of the log: id\n");
found('a file that nobody accepted', 'INSERT INTO file(id, round, sha256, kind, name, bytes, entry) SELECT 4, round, sha256, kind, name, bytes, 9 FROM file WHERE id = 3',
  "error[E0631]: file \"$csv\" names entry 9 of the log, which is not there: the log was shortened\n",
  "lỗi[E0631]: file \"$csv\" dẫn đến mục 9 của nhật ký nhưng không có mục này: nhật ký đã bị cắt bớt\n");
found('a file taken out', 'DELETE FROM file WHERE id = 2',
  "error[E0632]: what entry 3 of the log records is not there any more: accept agencies small/agencies.yaml\n",
  "lỗi[E0632]: nội dung ghi ở mục 3 của nhật ký không còn nữa: accept agencies small/agencies.yaml\n");

# results: a1 has 5 points for steering; index 85 = 100 * 17 / 20
found('a changed score', "UPDATE result SET points_e12 = points_e12 + 1 WHERE agency = 'a1' AND node = 'steering'",
  "error[E0637]: round \"trial\", result: a1, steering: kept is points 5.000000000001, but its files give points 5\n",
  "lỗi[E0637]: đợt \"trial\", result: a1, steering: đang lưu points 5.000000000001, nhưng tính lại từ các tệp được points 5\n");
found('a score made blank, a claim put in', "UPDATE result SET points_e12 = NULL, claimed_e12 = 0 WHERE agency = 'a1' AND node = 'steering'",
  "error[E0637]: round \"trial\", result: a1, steering: kept is points –, claimed 0, but its files give points 5, claimed –\n");
found('a changed state', "UPDATE result SET state = 'missing', max_e12 = 3000000000000 WHERE agency = 'a1' AND node = 'plan'",
  "error[E0637]: round \"trial\", result: a1, plan: kept is state missing, max 3, but its files give state scored, max 2\n");
found('a changed rank and index', "UPDATE ranking SET rank = 7, index_e12 = 0 WHERE agency = 'a1'",
  "error[E0637]: round \"trial\", ranking: a1: kept is rank 7, index 0, but its files give rank 1, index 85\n");
found('a changed grade and group', "UPDATE ranking SET grade = '', grp = 'x' WHERE agency = 'a1'",
  "error[E0637]: round \"trial\", ranking: a1: kept is group x, grade –, but its files give group department, grade good\n");
found('a row taken out', "DELETE FROM result WHERE agency = 'a1' AND node = 'plan'",
  "error[E0638]: round \"trial\" lacks a row that its files give – result: a1, plan: state scored, max 2, points 2, claimed 2\n",
  "lỗi[E0638]: đợt \"trial\" thiếu một dòng mà các tệp tính ra – result: a1, plan: state scored, max 2, points 2, claimed 2\n");
found('a row twice', "INSERT INTO result SELECT * FROM result WHERE agency = 'a1' AND node = 'plan'",
  "error[E0627]: round \"trial\" keeps a row that does not follow from its files – result: a1, plan: state scored, max 2, points 2, claimed 2\n",
  "lỗi[E0627]: đợt \"trial\" bị thêm một dòng không tính ra được từ các tệp – result: a1, plan: state scored, max 2, points 2, claimed 2\n");
found('a row put in', "INSERT INTO ranking VALUES('trial', 'zz', 'g', 1, NULL, NULL, NULL, '', 'final')",
  "error[E0627]: round \"trial\" keeps a row that does not follow from its files – ranking: zz: rank 1, group g, state final\n");
found('another row in its place', "UPDATE result SET node = 'plan.b' WHERE agency = 'a1' AND node = 'plan'",
  "error[E0627]: round \"trial\" keeps a row that does not follow from its files – result: a1, plan.b: state scored, max 2, points 2, claimed 2\n\n"
  . "error[E0638]: round \"trial\" lacks a row that its files give – result: a1, plan: state scored, max 2, points 2, claimed 2\n");
found('a row of no round', "INSERT INTO ranking VALUES('other', 'zz', 'g', 1, NULL, NULL, NULL, '', 'final')",
  "error[E0634]: rows of \"ranking\" whose round is not there: 1\n", "lỗi[E0634]: bảng \"ranking\" có các dòng thuộc đợt không tồn tại, số dòng: 1\n");
{
  my $base = changed('DELETE FROM result');
  my ($status, $said, $e) = run('verify', $base, '--lang', 'en');
  my $lacks = () = $e =~ /^error\[E0638\]: .* lacks a row .* result: /mg;
  ok($status eq 1 && $said eq "Does NOT hold: errors: 15, see the messages.\n" && $lacks == 15, 'all results taken out', $said, $e);
}

# the log
my $accept = "accept evidence $csv";
found('an entry taken out', 'DELETE FROM log WHERE seq = 3', "error[E0624]: entries missing from the log before entry 4: 1\n",
  "lỗi[E0624]: nhật ký bị xóa, ngay trước mục 4 thiếu số mục là: 1\n");
found('the first entries taken out', 'DELETE FROM log WHERE seq < 3', "error[E0624]: entries missing from the log before entry 3: 2\n");
found('an entry taken out, the others renumbered', 'DELETE FROM log WHERE seq = 3; UPDATE log SET seq = 3 WHERE seq = 4; UPDATE log SET seq = 4 WHERE seq = 5',
  "error[E0625]: the log is not as it was written, at entry 3-4: $accept, …\n");
found('an entry put in', 'UPDATE log SET seq = 6 WHERE seq = 5; UPDATE log SET seq = 5 WHERE seq = 4;'
  . ' INSERT INTO log SELECT 4, at, actor, action, round, file, reason, detail, prev, hash FROM log WHERE seq = 3',
  "error[E0625]: the log is not as it was written, at entry 4-6: accept agencies small/agencies.yaml, …\n");
found('an entry put in before the first', "INSERT INTO log SELECT 0, at, actor, action, round, file, reason, detail, prev, hash FROM log WHERE seq = 1",
  "error[E0626]: entry 0 of the log does not follow entry -1: something was put in, taken out or moved there\n",
  "lỗi[E0626]: mục 0 của nhật ký không nối tiếp mục -1: tại đó đã có mục bị chèn, xóa hoặc đổi chỗ\n");
found('entries in another order', 'UPDATE log SET seq = 9 WHERE seq = 2; UPDATE log SET seq = 2 WHERE seq = 3; UPDATE log SET seq = 3 WHERE seq = 9',
  "error[E0625]: the log is not as it was written, at entry 2-3: accept agencies small/agencies.yaml, …\n");
for (['actor', "'Minh'"], ['at', 'at - 1'], ['reason', "''"], ['file', 'NULL'], ['hash', "'0'"], ['prev', "'0'"], ['round', "'x'"], ['action', "'score'"], ['detail', "'evidence x'"]) {
  my ($column, $value) = @$_;
  my $what = $column eq 'action' ? "score evidence $csv" : $column eq 'detail' ? 'accept evidence x' : $accept;
  found("an entry with another $column", "UPDATE log SET $column = $value WHERE seq = 4", "error[E0625]: the log is not as it was written, at entry 4: $what\n",
    $column eq 'actor' ? "lỗi[E0625]: nhật ký không còn đúng như khi ghi, tại mục 4: $what\n" : undef);
}
found('an entry with a hash of its own', sub {
  my $base = changed("UPDATE log SET actor = 'Minh' WHERE seq = 3");
  my ($at, $prev) = split /\|/, sql("$tmp/$base", 'SELECT at, prev FROM log WHERE seq = 3') =~ s/\n//r;
  my $file = sql("$tmp/$base", 'SELECT file FROM log WHERE seq = 3') =~ s/\n//r;
  my $text = "ari log 1\n3\n$at\n" . join '', map { defined $_ ? length($_) . ":$_\n" : "-\n" } 'Minh', 'accept', 'trial', $file, undef, 'agencies small/agencies.yaml', $prev;
  sql("$tmp/$base", "$drop UPDATE log SET hash = '" . sha256_hex($text) . "' WHERE seq = 3; $triggers");
  return $base;
}, "error[E0626]: entry 4 of the log does not follow entry 3: something was put in, taken out or moved there\n");
my $no_score = "error[E0636]: round \"trial\" has results, but the log does not say that they were worked out after the last file and state\n";
found('a log without its end', 'DELETE FROM log WHERE seq = 5', $no_score, "lỗi[E0636]: đợt \"trial\" có kết quả nhưng nhật ký không ghi việc chấm điểm sau tệp cuối cùng và bước cuối cùng\n");
found('without more of it', 'DELETE FROM log WHERE seq > 3', "error[E0631]: file \"$csv\" names entry 4 of the log, which is not there: the log was shortened\n\n$no_score");
found('an action that there is not', sub {
  my $base = changed("INSERT INTO log SELECT 6, at, actor, 'publish', round, NULL, NULL, NULL, '', '' FROM log WHERE seq = 5");
  rehash("$tmp/$base");
  return $base;
}, "error[E0628]: entry 6 of the log records an action that there is not: \"publish\"\n", "lỗi[E0628]: mục 6 của nhật ký ghi một việc không có trong ari: \"publish\"\n");

# what only a head finds
sub head_only {
  my ($name, $words) = @_;
  my $base = changed($words);
  my $new = rehash("$tmp/$base");
  my ($status, $said, $e) = run('verify', $base, '--lang', 'en');
  ok($status eq 0 && $said =~ /^All holds.*$new\n\z/, "$name agrees with itself", $said, $e);
  found("$name is found by --head", sub { return $base },
    "error[E0639]: no entry of the log has the head that was given: $head\n  = help: the log was shortened or written anew since that head was written down\n",
    "lỗi[E0639]: không có mục nào của nhật ký mang mã đã cho: $head\n  = gợi ý: từ khi ghi lại mã đó, nhật ký đã bị cắt bớt hoặc bị viết lại\n", '--head', $head);
}
head_only('a log shortened with what it accepted', 'DELETE FROM log WHERE seq > 3; DELETE FROM file WHERE id = 3; DELETE FROM result; DELETE FROM ranking');
my $criteria = slurp("$top/tests/data/small/criteria.yaml") . "# swapped\n";
my $swap = "UPDATE file SET bytes = x'" . unpack('H*', $criteria) . "', sha256 = '" . sha256_hex($criteria) . "' WHERE kind = 'criteria';"
  . " UPDATE log SET file = '" . sha256_hex($criteria) . "' WHERE seq = 2";
found('a swapped criteria set, also in the log', $swap, "error[E0625]: the log is not as it was written, at entry 2: accept criteria small/criteria.yaml\n");
head_only('a swapped criteria set and a log written anew', $swap);
head_only('another who', "UPDATE log SET actor = 'Minh'");
found('files that give no results', sub {
  my $base = changed("UPDATE file SET bytes = x'61', sha256 = '$other' WHERE kind = 'criteria'; UPDATE log SET file = '$other' WHERE seq = 2");
  rehash("$tmp/$base");
  rename "$tmp/$base", "$tmp/none.db";
  return 'none.db';
}, "error[E0635]: the results of round \"trial\" cannot be derived again from its files\n  = help: ari rank \"none.db\" --round \"trial\" says why\n",
  "lỗi[E0635]: không tính lại được kết quả của đợt \"trial\" từ các tệp của đợt\n  = gợi ý: chạy ari rank \"none.db\" --round \"trial\" để biết lý do\n");
{
  my $base = changed("UPDATE log SET detail = '0.0.9' WHERE seq = 5; UPDATE round SET engine = '0.0.9'");
  rehash("$tmp/$base");
  my $version = slurp("$top/include/ari.h") =~ /ARI_VERSION "([^"]+)"/ ? $1 : '';
  my ($status, $said, $e) = run('verify', $base, '--lang', 'en');
  ok($status eq 0 && $said =~ /^All holds/, 'results of another version hold');
  is($e, "warning[W0644]: the results of round \"trial\" were worked out by ari 0.0.9, this is ari $version\n", 'and that is told');
  (undef, undef, $e) = run('verify', $base);
  is($e, "cảnh báo[W0644]: kết quả của đợt \"trial\" do ari 0.0.9 tính, còn đây là ari $version\n", 'in Vietnamese');
  $vi{W0644} = $told{W0644} = 1;
}

# rounds
my $round = sub { my ($what) = @_; return "error[E0633]: the row of round \"trial\" is not what its log and files say: $what\n" };
for (['set_id', "'x'", 'set_id'], ['period', "'2025'", 'period'], ['period', "'soon'", 'period'], ['period', "''", 'period'], ['asked', "'2026'", 'asked'], ['asked', "'soon'", 'asked'],
     ['keep_going', 1, 'keep_going'], ['state', "'published'", 'state'], ['engine', "'9'", 'engine'], ['entry', 2, 'entry']) {
  my ($column, $value, $what) = @$_;
  found("a round with $column = $value", "UPDATE round SET $column = $value", $round->($what),
    $column eq 'state' ? "lỗi[E0633]: dòng của đợt \"trial\" trong bảng round không đúng với nhật ký và các tệp: state\n" : undef);
}
found('a round that names no entry', 'UPDATE round SET entry = 9', "error[E0631]: round \"trial\" names entry 9 of the log, which is not there: the log was shortened\n");
found('a round taken out', 'DELETE FROM round', "error[E0632]: what entry 1 of the log records is not there any more: open trial\n");
found('a round put in', "INSERT INTO round(id, set_id, period, state, asked, keep_going, engine, entry) SELECT 'second', set_id, period, state, asked, keep_going, engine, entry FROM round",
  $round->('entry') =~ s/"trial"/"second"/r);
found('a round and a score', "UPDATE round SET state = 'published'; UPDATE result SET points_e12 = 0 WHERE agency = 'a1' AND node = 'steering'",
  $round->('state') . "\nerror[E0637]: round \"trial\", result: a1, steering: kept is points 0, but its files give points 5\n");

# the schema
my ($unlooked, $khong) = ("  = help: what depends on it was not checked\n", "  = gợi ý: những gì phụ thuộc vào đó chưa được kiểm tra\n");
for my $table (qw(log round file result ranking)) {
  found("a dropped table: $table", sub { return changed("DROP TABLE $table", 1) }, "error[E0620]: \"$table\" (table) is missing from the database\n$unlooked",
    $table eq 'log' ? "lỗi[E0620]: cơ sở dữ liệu bị thiếu \"log\" (table)\n$khong" : undef);
}
for my $trigger (@names) {
  found("a dropped trigger: $trigger", sub { return changed("DROP TRIGGER $trigger", 1) }, "error[E0620]: \"$trigger\" (trigger) is missing from the database\n$unlooked");
}
found('a changed trigger', sub { return changed('DROP TRIGGER log_keep; CREATE TRIGGER log_keep BEFORE UPDATE ON log BEGIN SELECT 1; END', 1) },
  "error[E0622]: \"log_keep\" (trigger) of the database was changed\n$unlooked", "lỗi[E0622]: \"log_keep\" (trigger) trong cơ sở dữ liệu đã bị sửa cấu trúc\n$khong");
for (['table', 't', 'CREATE TABLE t(x)'], ['view', 'w', 'CREATE VIEW w AS SELECT 1'], ['index', 'i', 'CREATE INDEX i ON log(at)'],
     ['trigger', 'n', 'CREATE TRIGGER n AFTER INSERT ON result BEGIN SELECT 1; END']) {
  my ($type, $name, $words) = @$_;
  found("a new $type", sub { return changed($words, 1) }, "error[E0621]: \"$name\" ($type) was added to the database and does not belong there\n",
    $type eq 'view' ? "lỗi[E0621]: cơ sở dữ liệu bị thêm \"w\" (view), không phải do ari tạo ra\n" : undef);
}
found('a new column', sub { return changed('ALTER TABLE result ADD COLUMN note TEXT', 1) }, "error[E0622]: \"result\" (table) of the database was changed\n$unlooked");
found('a table that is not strict', sub { return changed("CREATE TABLE x AS SELECT * FROM ranking; DROP TABLE ranking; ALTER TABLE x RENAME TO ranking", 1) },
  "error[E0622]: \"ranking\" (table) of the database was changed\n$unlooked");
found('a dropped trigger and a score', sub { return changed("DROP TRIGGER log_stay; UPDATE result SET points_e12 = 0 WHERE agency = 'a1' AND node = 'steering'", 1) },
  "error[E0620]: \"log_stay\" (trigger) is missing from the database\n$unlooked\n"
  . "error[E0637]: round \"trial\", result: a1, steering: kept is points 0, but its files give points 5\n");

# damage that SQLite itself finds: the head of the page of `ranking` counts free bytes that there are not
sub damage {
  my ($base) = @_;
  my ($page, $size) = map { s/\n//r } sql($base, "SELECT rootpage FROM sqlite_schema WHERE name = 'ranking'"), sql($base, 'PRAGMA page_size');
  open(my $f, '+<:raw', $base) or die;
  seek $f, ($page - 1) * $size + 7, 0;
  print $f chr 9;
  close $f or die;
  return $page;
}
{
  copy($db, "$tmp/damaged.db") or die;
  my $page = damage("$tmp/damaged.db");
  my $said = "Fragmentation of 0 bytes reported as 9 on page $page";
  my ($status, $line, $e) = run('verify', 'damaged.db', '--lang', 'en');
  ok($status eq 1 && $line =~ /^Does NOT hold: errors: 1,/ && $e =~ /^error\[E0623\]: "damaged.db" is damaged: .*\Q$said\E\n  = help: take the file from a backup; the rest was not checked\n\z/s,
     'damage is told in the words of SQLite', $line, $e);
  (undef, $line, $e) = run('verify', 'damaged.db');
  ok($e =~ /^lỗi\[E0623\]: "damaged.db" bị hỏng: .*\Q$said\E\n  = gợi ý: lấy lại tệp từ bản sao lưu; phần còn lại chưa được kiểm tra\n\z/s, 'and in Vietnamese', $line, $e);
  $vi{E0623} = $told{E0623} = 1;
  for (['en', "failure[F0640]: the copy \"c.db\" does not pass the check of SQLite and was not kept: ", "  = help: ari verify \"damaged.db\" tells whether the original is damaged\n"],
       ['vi', "sự cố[F0640]: bản sao \"c.db\" không qua được kiểm tra của SQLite nên không được giữ lại: ", "  = gợi ý: chạy ari verify \"damaged.db\" để biết bản gốc có bị hỏng không\n"]) {
    my ($lang, $text, $help) = @$_;
    my ($s, $o, $told) = run('backup', 'damaged.db', 'c.db', '--lang', $lang);
    ok($s eq 3 && $o eq '' && $told =~ /\A\Q$text\E.*\n\Q$help\E\z/s && !-e "$tmp/c.db" && !glob("$tmp/.c.db*"), "F0640 in $lang, and nothing is left", $o, $told);
  }
}
my @untold = grep { !$told{$_} || !$vi{$_} } map { "E06$_" } 20 .. 39;
ok(!@untold, 'every code was told in both languages', @untold);

# ---- the log ----

my @times = map { '2026-08-31T00:00:00Z' } 1 .. 5;
my @hashes = split /\n/, sql($db, 'SELECT hash FROM log ORDER BY seq');
my %sha = map { $_ => sha256_hex(slurp("$top/tests/data/small/$_")) } qw(criteria.yaml agencies.yaml evidence.csv);
my @lines = ("1,$times[0],Lan,open,trial,,,small,$hashes[0]\n", "2,$times[0],Lan,accept,trial,$sha{'criteria.yaml'},,criteria small/criteria.yaml,$hashes[1]\n",
  "3,$times[0],Lan,accept,trial,$sha{'agencies.yaml'},,agencies small/agencies.yaml,$hashes[2]\n", "4,$times[0],Lan,accept,trial,$sha{'evidence.csv'},,evidence $csv,$hashes[3]\n",
  "5,$times[0],Lan,score,trial,,,0.1.0,$hashes[4]\n");
my $header = "seq,at,actor,action,round,file,reason,detail,hash\n";
sub logged { my ($name, $want, @words) = @_; my ($status, $said, $e) = run('log', @words); is("$status$said$e", "0$want", $name) }
logged('the log as CSV', join('', $header, @lines), 'good.db', '--format', 'csv');
copy($db, "$tmp/days.db") or die;
sql("$tmp/days.db", "$drop UPDATE log SET at = 1788048000 - 1, actor = '=cmd', reason = 'vì \"lý do\"' WHERE seq = 1; UPDATE log SET at = 1788048000 + 86399 WHERE seq = 2;"
  . "UPDATE log SET at = -9223372036854775807 WHERE seq = 3; UPDATE log SET at = 9223372036854775807 WHERE seq = 4; UPDATE log SET at = 1788134400 + 3661 WHERE seq = 5; $triggers");
# 1788048000 = 20695 days = 2026-08-30
my @days = map { s/\n//r } sql("$tmp/days.db", 'SELECT seq FROM log WHERE at BETWEEN 1788048000 AND 1788134399');
ok("@days" eq '2', 'one entry is of 2026-08-30');
for (['from 30 to 30', '2', '--from', '2026-08-30', '--until', '2026-08-30'], ['from 31', '4 5', '--from', '2026-08-31'], ['until 29', '1 3', '--until', '2026-08-29'],
     ['of accepting', '2 3 4', '--action', 'accept'], ['of one who did', '1', '--actor', '=cmd'], ['of nobody', '', '--actor', 'Minh'], ['of a round', '1 2 3 4 5', '--round', 'trial'],
     ['of several', '2 4', '--actor', 'Lan', '--action', 'accept', '--from', '2000-01-01']) {
  my ($name, $want, @words) = @$_;
  my ($status, $said, $e) = run('log', 'days.db', '--format', 'csv', @words);
  is(join(' ', $status, $said =~ /^(\d+),/mg), join(' ', 0, split / /, $want), "entries $name");
}
{
  my (undef, $said) = run('log', 'days.db', '--format', 'csv');
  ok($said =~ /^1,2026-08-29T23:59:59Z,'=cmd,open,trial,,"vì ""lý do""",small,/m, 'a text is harmless in a spreadsheet', $said);
  ok($said =~ /^3,-9223372036854775807,/m && $said =~ /^4,9223372036854775807,/m, 'a moment that no calendar has is shown as its seconds', $said);
  (undef, $said) = run('log', 'days.db', '--format', 'json', '--action', 'score');
  is($said, "[\n{\"seq\":5,\"at\":\"2026-08-31T01:01:01Z\",\"actor\":\"Lan\",\"action\":\"score\",\"round\":\"trial\",\"file\":null,\"reason\":null,\"detail\":\"0.1.0\",\"hash\":\"$hashes[4]\"}\n]\n",
     'the log as JSON');
  (undef, $said) = run('log', 'days.db', '--format', 'json', '--actor', 'Minh');
  is($said, "[\n]\n", 'without entries');
  my ($status, $none, $e) = run('log', 'days.db', '--round', 'spring', '--lang', 'en');
  is("$status$none$e", "1error[E0610]: \"days.db\" has no round \"spring\"\n  = help: its rounds are: trial\n", 'a round that is not there');
}
logged('the table in English', "days.db – the log, times in UTC\n  No  Time                     Who  Action  Round  Detail  Reason\n"
  . "   5  31 August 2026 01:01:01  Lan  score   trial  0.1.0   \n", 'days.db', '--action', 'score', '--lang', 'en');
logged('the table in Vietnamese', "days.db – nhật ký, thời gian theo giờ UTC\n  Số  Thời gian            Người làm  Việc           Đợt    Chi tiết  Lý do\n"
  . "   1  29/08/2026 23:59:59  =cmd       mở đợt (open)  trial  small     vì \"lý do\"\n", 'days.db', '--action', 'open');
logged('nothing', "days.db – nhật ký, thời gian theo giờ UTC\n  không có mục nào\n", 'days.db', '--actor', 'Minh');

# ---- copies ----

is(join('', run('backup', 'good.db', 'copy.db')), "0Đã sao lưu và kiểm tra: copy.db\n", 'a copy');
is(sql("$tmp/copy.db", '.dump'), sql($db, '.dump'), 'holds the same');
is((run('verify', 'copy.db', '--head', $head))[0], 0, 'and is verified with the same head');
for (['en', "failure[F0641]: \"copy.db\" is there already and is not replaced by a backup\n  = help: choose another name\n"],
     ['vi', "sự cố[F0641]: đã có \"copy.db\", không ghi đè bằng bản sao lưu\n  = gợi ý: chọn tên khác\n"]) {
  my ($lang, $want) = @$_;
  my $before = slurp("$tmp/copy.db");
  is(join('', run('backup', 'good.db', 'copy.db', '--lang', $lang)), "3$want", "F0641 in $lang");
  ok(slurp("$tmp/copy.db") eq $before, 'the file that was there is as it was');
}
is((run('backup', 'good.db', '/dev/null'))[0], 3, 'nor is a device written to');
is((run('backup', 'good.db', '.'))[0], 3, 'nor a folder');
{
  my ($status, undef, $e) = run('backup', 'good.db', 'nowhere/copy.db', '--lang', 'en');
  ok($status eq 3 && $e =~ /^failure\[F0002\]: .*"nowhere\/copy.db"/, 'a folder that is not there', $e);
  my @call = ('sh', '-c', 'ulimit -f 20; exec "$@"', 'sh', $ari, 'backup', 'good.db', 'full.db', '--lang', 'en');
  ($status, undef, $e) = finish(start($tmp, \%env, @call));
  ok($status eq 3 && $e =~ /^failure\[F0614\]: "full.db" could not be written: there is no more room/ && !-e "$tmp/full.db" && !glob("$tmp/.full.db*"), 'a full disk leaves nothing', $e);
}

# Somebody writes all the while, two tables in one change: a copy has all of one change or nothing of it.
{
  copy($db, "$tmp/used.db") or die;
  my $writer = fork // die;
  if ($writer == 0) {
    open(STDIN, '-|', $^X, '-e', '$| = 1; print ".timeout 5000\n"; for my $i (1 .. 1e9) { select undef, undef, undef, 0.03; print "BEGIN IMMEDIATE; UPDATE result SET claimed_e12 = $i; UPDATE ranking SET rank = $i; COMMIT;\n" }') or exit 126;
    open(STDERR, '>', '/dev/null');
    open(STDOUT, '>', '/dev/null');
    alarm 60;
    exec { $sqlite } $sqlite, '-batch', "$tmp/used.db" or exit 127;
  }
  my (@wrong, %seen);
  my $one = 'SELECT DISTINCT claimed_e12 FROM result UNION SELECT rank FROM ranking';
  for (1 .. 400) {   # until the first change has been made
    last if sql("$tmp/used.db", $one) =~ /^\d+\n\z/;
    select undef, undef, undef, 0.05;
  }
  for my $i (1 .. 100) {
    last if $i > 12 && keys %seen > 2;
    select undef, undef, undef, 0.05;
    my ($status, undef, $e) = run('backup', 'used.db', "used$i.db");
    next if $status eq 3 && $e =~ /F0602/;   # on a slow disk the writer may leave no room for five seconds: refused with the reason is fine
    if ($status ne 0) { push @wrong, "copy $i: $status $e"; next }
    my $all = sql("$tmp/used$i.db", $one) =~ s/\n/ /gr;
    my $sound = sql("$tmp/used$i.db", 'PRAGMA integrity_check');
    $seen{$all}++;
    push @wrong, "copy $i: $all, $sound" unless $sound eq "ok\n" && $all =~ /^\d+ \z/;
  }
  kill 'TERM', $writer;
  waitpid $writer, 0;
  ok(keys %seen > 2 && !@wrong, 'copies made while somebody writes are each of one moment', @wrong, map { "$_ x $seen{$_}" } sort keys %seen);
}

# ---- what the machine refuses ----

my @commands = (['verify', 'x.db'], ['log', 'x.db'], ['backup', 'x.db', 'y.db']);
sub refused {
  my ($name, $want, $prepare) = @_;
  for my $command (@commands) {
    my $folder = tempdir(DIR => $tmp);
    chmod 0755, $folder;
    copy($db, "$folder/x.db") or die;
    my $how = $prepare->($folder);
    my $before = slurp("$folder/x.db");
    my ($status, $said, $e) = finish(start($folder, \%env, ref $how ? @$how : (), $ari, @$command, '--lang', 'en'));
    my @left = map { s{.*/}{}r } glob("$folder/{.[a-z]*,*}");
    ok($status eq 3 && $said eq '' && $e =~ /^failure\[$want\]/ && slurp("$folder/x.db") eq $before && !grep({ /^y|^\.y/ } @left), "$command->[0]: $name ($want)", "$status $said", $e, "@left");
  }
}
refused('a truncated file', 'F0601', sub { truncate "$_[0]/x.db", 5000; return });
refused('a file cut at a page', 'F0601', sub { truncate "$_[0]/x.db", 8192; return });
refused('a file of another program', 'F0607', sub { sql("$_[0]/x.db", 'PRAGMA application_id = 7'); return });
refused('a text', 'F0601', sub { put("$_[0]/x.db", "notes\n" x 100); return });
refused('a newer version', 'F0606', sub { sql("$_[0]/x.db", 'PRAGMA user_version = 99'); return });
refused('a link', 'F0608', sub { rename "$_[0]/x.db", "$_[0]/z.db"; symlink 'z.db', "$_[0]/x.db"; return });
refused('no file', 'F0604', sub { unlink "$_[0]/x.db"; return });
for my $command ('verify', 'log') {
  my ($status, undef, $e) = finish(start($tmp, \%env, 'sh', '-c', 'exec "$@" >/dev/full', 'sh', $ari, $command, 'good.db', '--lang', 'en'));
  ok($status eq 3 && $e =~ /the disk is full/, "$command into a full disk", $e);
}

# Permissions mean nothing to root: then as somebody else, where that one may run the program at all.
my @nobody = $> ? () : ($^X, '-e', '$) = "65534 65534"; $( = 65534; $< = $> = 65534; exec { $ARGV[0] } @ARGV or exit 127');
if ((finish(start($tmp, \%env, @nobody, $ari, '--version')))[0] eq 0) {
  mkdir "$tmp/shelf";
  copy($db, "$tmp/shelf/x.db") or die;
  chmod 0444, "$tmp/shelf/x.db";
  chmod 0555, "$tmp/shelf";
  my ($status, $said, $e) = finish(start("$tmp/shelf", \%env, @nobody, $ari, 'verify', 'x.db', '--lang', 'en'));
  ok($status eq 0 && $said =~ /^All holds/, 'a file that can only be read is verified where it lies', $e);
  is((finish(start("$tmp/shelf", \%env, @nobody, $ari, 'log', 'x.db')))[0], 0, 'and its log is read');
  ($status, undef, $e) = finish(start("$tmp/shelf", \%env, @nobody, $ari, 'backup', 'x.db', 'y.db', '--lang', 'en'));
  ok($status eq 3 && $e =~ /^failure\[F0004\]: .*"y.db"/ && !-e "$tmp/shelf/y.db", 'a copy beside it is refused', $e);
  mkdir "$tmp/desk";
  chmod 0777, "$tmp/desk";
  is((finish(start("$tmp/shelf", \%env, @nobody, $ari, 'backup', 'x.db', "$tmp/desk/y.db")))[0], 0, 'one elsewhere is made');
  chmod 0000, "$tmp/shelf/x.db";
  ($status, undef, $e) = finish(start("$tmp/shelf", \%env, @nobody, $ari, 'verify', 'x.db', '--lang', 'en'));
  ok($status eq 3 && $e =~ /^failure\[F0604\]/, 'one that may not be read is refused', $e);
} else {
  ok(1, 'read-only # SKIP the program lies where nobody else may run it');
}

# ---- hostile files end ----

for (['a view that never ends', 'DROP TABLE file; CREATE VIEW file(id, round, sha256, kind, name, bytes, entry) AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)'
        . " SELECT i, 'trial', '', '', '', '', 1 FROM n", 'E0620'],
     ['a log that never ends', 'DROP TABLE log; CREATE VIEW log(seq, at, actor, action, round, file, reason, detail, prev, hash) AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL'
        . " SELECT i + 1 FROM n) SELECT i, 1, 'x', 'open', 'trial', '', '', '', '', '' FROM n", 'E0620'],
     ['an index over much work', 'CREATE INDEX i ON log(length(hex(hex(hash || hash))) + at)', 'E0621'],
     ['a check over much work', "PRAGMA ignore_check_constraints = ON; CREATE TABLE c(x, CHECK(" . join(' + ', ("instr(printf('%.*c', 20000, 'a'), printf('%.*c', 10000, 'a') || x)") x 10)
        . ' = 0)); INSERT INTO c WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT i FROM n', 'E0621']) {
  my ($name, $words, $code) = @$_;
  my $base = changed($words, 1);
  my $from = time;
  my ($status, undef, $e) = run('verify', $base, '--lang', 'en');
  ok($status eq 1 && $e =~ /\[$code\]/ && time - $from < 20, "$name: named", "$status $e");
  ($status) = run('log', $base, '--lang', 'en');
  ok($status eq ($name =~ /log/ ? 3 : 0), "$name: the log", $status);
}

# ---- whoever is busy is waited for, but not for ever ----

for my $command (sort keys %busy) {
  my ($status, $said, $e) = finish($busy{$command});
  is("$status$said$e", "3failure[F0602]: \"busy.db\" is being used by another program\n  = help: wait until the other program has ended, then try again\n", "$command: F0602 after five seconds");
}
ok(!-e "$tmp/busy.copy" && !glob("$tmp/.busy.copy*"), 'and no copy is left');
close $hold;
waitpid $holder, 0;

done();
