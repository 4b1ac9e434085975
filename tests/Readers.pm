# What several tests read the program's output back with: small and strict readers of our own, so that nobody's leniency hides a fault.
package Readers;
use strict;
use warnings;
use Exporter qw(import);
use Compress::Raw::Zlib ();
our @EXPORT_OK = qw(slurp tokens text_of csv_rows zip_parts xlsx_sheets);

sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or return undef; local $/; my $text = <$f>; return defined $text ? $text : '' }

my %void = map { $_ => 1 } qw(meta br);
my %sign = (amp => '&', lt => '<', gt => '>', quot => '"', '#39' => "'");

sub decode {
  my ($text) = @_;
  die "']]>' in text\n" if index($text, ']]>') >= 0;
  $text =~ s/&([^;&]{0,8});/defined $sign{$1} ? "\0$1;" : die "an unknown entity &$1;\n"/ge if index($text, '&') >= 0;
  die "a bare &: " . substr($text, 0, 60) . "\n" if index($text, '&') >= 0;
  $text =~ s/\0([^;]+);/$sign{$1}/g;
  return $text;
}

# HTML as ari writes it, and XML: a list of ['open', name, {attributes}], ['close', name] and ['text', text]. Every element is closed in its order, every attribute has a
# quoted value and stands once; anything else dies with its reason.
sub tokens {
  my ($text) = @_;
  my (@tokens, @open);
  my $svg = $text =~ /\A<\?xml / ? 1 : 0;   # XML: elements may be empty as in SVG
  $text =~ /\G(?:<!DOCTYPE html>|<\?xml [^<>]*\?>)\s*/gc;
  while (pos($text) // 0 < length $text) {
    if (@open && $open[-1] =~ /^(?:style|script)$/ && $text =~ m{\G(.+?)(?=</$open[-1]>)}gcs) {
      push @tokens, ['text', $1];
    } elsif ($text =~ /\G([^<]+)/gc) {
      push @tokens, ['text', decode($1)];
    } elsif ($text =~ m{\G</([A-Za-z][\w-]*)\s*>}gc) {
      my $want = pop @open // 'nothing';
      die "</$1> closes $want at byte " . pos($text) . "\n" if $1 ne $want;
      $svg-- if $1 eq 'svg';
      push @tokens, ['close', $1];
    } elsif ($text =~ /\G<([A-Za-z][\w-]*)/gc) {
      my ($name, %attribute) = ($1);
      while ($text =~ /\G\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gc) {
        die "the attribute $1 of <$name> stands twice\n" if exists $attribute{$1};
        $attribute{$1} = decode($2 // $3);
      }
      $text =~ m{\G\s*(/?)>}gc or die "<$name is not ended at byte " . (pos($text) // 0) . ': ' . substr($text, pos($text) // 0, 40) . "\n";
      push @tokens, ['open', $name, \%attribute];
      $svg++ if $name eq 'svg';
      die "<$name/> in HTML\n" if $1 && !$svg;
      if ($1 || $void{$name}) { push @tokens, ['close', $name] }
      else { push @open, $name }
    } else {
      last if (pos($text) // 0) == length $text;
      die 'neither text nor a tag at byte ' . (pos($text) // 0) . ': ' . substr($text, pos($text) // 0, 40) . "\n";
    }
  }
  die "never closed: @open\n" if @open;
  return @tokens;
}

# The text of a list of tokens.
sub text_of { return join '', map { $_->[0] eq 'text' ? $_->[1] : '' } @_ }

# RFC 4180 to the letter, with LF: a list of rows.
sub csv_rows {
  my ($text) = @_;
  my (@rows, @row);
  while ((pos($text) // 0) < length $text) {
    if ($text =~ /\G"((?:[^"]|"")*)"/gc) { push @row, $1 =~ s/""/"/gr }
    elsif ($text =~ /\G([^",\r\n]*)/gc) { push @row, $1 }
    if ($text =~ /\G,/gc) { if ((pos($text) == length $text) || substr($text, pos($text), 1) eq "\n") { push @row, ''; } else { next } }
    $text =~ /\G\n/gc or die 'a CSV row does not end at byte ' . (pos($text) // 0) . ': ' . substr($text, pos($text) // 0, 40) . "\n";
    push @rows, [@row];
    @row = ();
  }
  return @rows;
}

# A zip archive to the letter: a list of [name, bytes]. Both heads of every part must agree, lengths and CRC-32 must be true, and nothing may stand between the parts.
sub zip_parts {
  my ($zip) = @_;
  my ($magic, $disk, $first, $here, $n, $length, $start, $comment) = unpack 'V v4 V2 v', substr($zip, -22);
  die "no end of a zip archive\n" unless $magic == 0x06054b50 && $disk == 0 && $first == 0 && $here == $n && $comment == 0 && $start + $length + 22 == length $zip;
  my ($at, $next, @parts) = ($start, 0);
  for (1 .. $n) {
    my ($sign, $by, @facts) = unpack 'V v v4 v V3 v2', substr($zip, $at, 32);   # version flags method time, date, crc packed bytes, name extra
    my ($remark, undef, undef, undef, $local) = unpack 'v3 V2', substr($zip, $at + 32, 14);
    my $name = substr($zip, $at + 46, $facts[8]);
    die "$name: not where the directory says\n" unless $sign == 0x02014b50 && $local == $next && $remark == 0;
    my ($again, @same) = unpack 'V v4 v V3 v2', substr($zip, $local, 30);
    die "$name: its two heads differ\n" unless $again == 0x04034b50 && "@same" eq "@facts" && substr($zip, $local + 30, $facts[8]) eq $name;
    my $packed = substr($zip, $local + 30 + $facts[8], $facts[6]);
    my ($inflate) = Compress::Raw::Zlib::Inflate->new(-WindowBits => -15);
    my $bytes = '';
    if ($facts[2] == 0) { $bytes = $packed }   # stored
    else { die "$name: not deflated\n" unless $facts[2] == 8 && $inflate->inflate($packed, $bytes) == Compress::Raw::Zlib::Z_STREAM_END() && $packed eq '' }
    die "$name: length or CRC-32 is wrong\n" unless length $bytes == $facts[7] && Compress::Raw::Zlib::crc32($bytes) == $facts[5];
    push @parts, [$name, $bytes];
    $next = $local + 30 + $facts[8] + $facts[6];
    $at += 46 + $facts[8];
  }
  die "something stands between the parts\n" unless $next == $start && $at == $start + $length;
  return @parts;
}

# The sheets of a workbook: a list of [name, rows], a row a list of cells: undef, or [type ('n' figure, 's' text), value, style]. A figure is a double there: of its
# digits the first fifteen count, as for Excel.
sub xlsx_sheets {
  my %part = map { @$_ } zip_parts($_[0]);
  my (%target, @sheets);
  for (tokens($part{'xl/_rels/workbook.xml.rels'} // die "no relations\n")) { $target{$_->[2]{Id}} = $_->[2]{Target} if $_->[0] eq 'open' && $_->[1] eq 'Relationship' }
  for (grep { $_->[0] eq 'open' && $_->[1] eq 'sheet' } tokens($part{'xl/workbook.xml'} =~ s/\br:id=/rid=/gr)) {
    my ($name, $path) = ($_->[2]{name}, 'xl/' . ($target{$_->[2]{rid}} // die "no relation of a sheet\n"));
    my (@rows, $cell, $inside);
    for my $t (tokens(($part{$path} // die "no $path\n") =~ s/\br:id=/rid=/gr =~ s/\bxml:space=/space=/gr)) {
      my ($kind, $what, $attribute) = @$t;
      if ($kind eq 'open' && $what eq 'row') { die "rows out of order\n" unless $attribute->{r} > @rows; push @rows, [] while @rows < $attribute->{r} }
      elsif ($kind eq 'open' && $what eq 'c') {
        my ($letters, $row) = $attribute->{r} =~ /^([A-Z]+)(\d+)$/;
        my $column = 0;
        $column = $column * 26 + ord($_) - 64 for split //, $letters;
        die "cell $attribute->{r} out of order\n" unless $row == @rows && $column > @{$rows[-1]};
        push @{$rows[-1]}, undef while @{$rows[-1]} < $column - 1;
        $cell = [($attribute->{t} // 'n') eq 'inlineStr' ? 's' : 'n', undef, $attribute->{s}];
        push @{$rows[-1]}, $cell;
      }
      elsif ($kind eq 'open') { $inside = $what }
      elsif ($kind eq 'text' && $cell && ($inside // '') =~ /^[tv]$/) { $cell->[1] = $t->[1] =~ s/_x([0-9A-Fa-f]{4})_/chr hex $1/ger }
      elsif ($kind eq 'close') { undef $inside; undef $cell if $what eq 'c' }
      die "a formula in $name\n" if $what eq 'f';
    }
    for my $figure (grep { $_ && $_->[0] eq 'n' && defined $_->[1] } map { @$_ } @rows) { $figure->[1] = sprintf('%.15g', $figure->[1]) =~ s/^(-?)(\d)\.?(\d*)e-(\d+)$/$1 . '0.' . '0' x ($4 - 1) . $2 . $3/er }
    push @sheets, [$name, \@rows];
  }
  return @sheets;
}

1;
