"""Completion scripts for bash, zsh and fish. Each asks ``readlist complete`` for the words that can follow.

The line ``:files`` or ``:folders`` among the words asks the shell to complete paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# bash splits words at colons and equals signs, so what is before the last of them is taken off each completion.
_BASH = """\
_readlist() {
  local line="${COMP_LINE:0:COMP_POINT}" word found
  local last="${line##*[[:space:]]}" current="${COMP_WORDS[COMP_CWORD]}"
  local kept="${last%"${last##*[:=]}"}"
  COMPREPLY=()
  while read -r word found; do
    case "$word" in
      :files) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current"); compopt -o filenames ;;
      :folders) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$current"); compopt -o filenames ;;
      *) COMPREPLY+=("${word#"$kept"}") ;;
    esac
  done < <("${COMP_WORDS[0]}" complete -- "$line" 2>/dev/null)
  case "${COMPREPLY[0]}" in *[:=]) compopt -o nospace ;; esac
}
complete -F _readlist readlist
"""
_ZSH = """\
#compdef readlist
_readlist() {
  local line word help
  local -a found
  for line in "${(@f)$("${words[1]}" complete -- "${(j: :)words[1,CURRENT]}" 2>/dev/null)}"; do
    word="${line%% *}" help="${line#* }"
    case "$word" in
      :files) _files ;;
      :folders) _files -/ ;;
      *) found+=("${word//:/\\\\:}:$help") ;;
    esac
  done
  (( ${#found} )) && _describe -V readlist found
}
if [ "$funcstack[1]" = _readlist ]; then _readlist "$@"; else compdef _readlist readlist; fi
"""
_FISH = """\
function __readlist_complete
    for line in (readlist complete -- (commandline -cp) 2>/dev/null)
        switch $line
            case ':files*'
                __fish_complete_path (commandline -ct)
            case ':folders*'
                __fish_complete_directories (commandline -ct)
            case '*'
                string replace ' ' \\t -- $line
        end
    end
end
complete -c readlist -f -a '(__readlist_complete)'
"""
SCRIPTS: Mapping[str, str] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
