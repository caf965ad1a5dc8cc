# Completes a command line as bash does when a user presses the tab key at its end. Prints the candidates.
source /usr/share/bash-completion/bash_completion
source <(kubectl completion bash)

# bash also splits at each "=".
read -r -a COMP_WORDS <<< "${1//=/ = }"
[[ $1 == *[\ =] ]] && COMP_WORDS+=('')
COMP_LINE=$1
COMP_POINT=${#COMP_LINE}
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_TYPE=9
COMP_KEY=9
# It changes options of the line that is being edited, and there is none.
__start_kubectl 2>/dev/null
printf '%s\n' "${COMPREPLY[@]}"
