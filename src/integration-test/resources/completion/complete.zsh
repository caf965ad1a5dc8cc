# Types a command line into an interactive zsh, and presses the tab key. Prints the line that zsh makes of it.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1= PS2= RPS1=; autoload -Uz compinit && compinit -u -D; source <(kubectl completion zsh)'
zpty -w shell 'show-line() { print -r -- "<$BUFFER>" }; zle -N show-line; bindkey "^X" show-line; print ready-$((6*7))'
zpty -r -m shell answer '*ready-42*'
zpty -w -n shell "$1"$'\t\x18'
zpty -r -m shell answer '*<*>*'
zpty -d shell
line=${answer##*<}
print -r -- ${line%%>*}
