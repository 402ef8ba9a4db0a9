package dev.cenotaph.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayApplicationTest {
    /** A mistyped command starts no server. */
    @ParameterizedTest
    @CsvSource({"check, true", "chek, true", "help, true", "--server.port=1, false", "-Dx=y, false"})
    void whateverIsNoSettingIsACommand(String argument, boolean command) {
        assertThat(GatewayApplication.isCommand(argument, "policies")).isEqualTo(command);
        assertThat(GatewayApplication.isCommand()).isFalse();
    }
}
