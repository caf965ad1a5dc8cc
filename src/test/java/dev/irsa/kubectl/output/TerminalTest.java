package dev.irsa.kubectl.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color", "LANG", "en_US.UTF-8");

    private static Map<String, String> with(String variable, String value) {
        Map<String, String> environment = new HashMap<>(XTERM);
        environment.put(variable, value);
        return environment;
    }

    @Test
    void terminalShowsColoursAndUnicode() {
        assertThat(Terminal.of(true, XTERM)).isEqualTo(new Terminal(true, true, true, 120));
        assertThat(Symbol.OK.on(Terminal.of(true, XTERM))).isEqualTo("\u001b[32m✓\u001b[0m");
    }

    @Test
    void pipeShowsNeither() {
        assertThat(Terminal.of(false, XTERM)).isEqualTo(Terminal.NONE);
        assertThat(Symbol.OK.on(Terminal.NONE)).isEqualTo("ok");
    }

    @Test
    void honoursNoColorAndDumbTerminals() {
        assertThat(Terminal.of(true, with("NO_COLOR", "1")).colour()).isFalse();
        assertThat(Terminal.of(true, with("NO_COLOR", "")).colour()).isTrue();
        assertThat(Terminal.of(true, with("TERM", "dumb"))).isEqualTo(new Terminal(false, false, false, 120));
        assertThat(Terminal.of(true, Map.of()).colour()).isFalse();
    }

    @Test
    void showsProgressWithoutColors() {
        assertThat(Terminal.of(true, with("NO_COLOR", "1")).interactive()).isTrue();
        assertThat(Terminal.of(true, with("TERM", "dumb")).interactive()).isFalse();
    }

    @Test
    void firstVariableOfLocaleDecides() {
        assertThat(Terminal.of(true, with("LC_ALL", "C")).unicode()).isFalse();
        assertThat(Terminal.of(true, with("LC_CTYPE", "de_DE.utf8")).unicode()).isTrue();
        assertThat(Terminal.of(true, Map.of("TERM", "xterm")).unicode()).isFalse();
    }

    @Test
    void widthIsThatOfTheShell() {
        assertThat(Terminal.of(true, with("COLUMNS", "80")).width()).isEqualTo(80);
        assertThat(Terminal.of(true, with("COLUMNS", "3")).width()).isEqualTo(40);
        assertThat(Terminal.of(true, with("COLUMNS", "wide")).width()).isEqualTo(120);
    }

    @Test
    void cutsLinesToWidth() {
        assertThat(new Terminal(true, false, true, 5).cut("123456")).isEqualTo("1234…");
        assertThat(new Terminal(true, false, false, 5).cut("123456")).isEqualTo("12...");
        assertThat(new Terminal(true, false, false, 6).cut("123456")).isEqualTo("123456");
    }
}
