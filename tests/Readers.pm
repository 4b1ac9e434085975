# What several tests read the program's output back with: small and strict readers of our own, so that nobody's leniency hides a fault.
package Readers;
use strict;
use warnings;
use Exporter qw(import);
our @EXPORT_OK = qw(slurp tokens text_of csv_rows);

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
  $text =~ /\G(?:<!DOCTYPE html>|<\?xml [^<>]*\?>)\s*/gc;
  my $svg = 0;
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

1;
