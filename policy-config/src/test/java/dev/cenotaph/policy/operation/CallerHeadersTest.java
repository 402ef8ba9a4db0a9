package dev.cenotaph.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "Authorization, true, true",
        "cookie, true, true",
        "X-Tenant, true, true",
        "Content-Type, true, false",
        "content-digest, true, false",
        "Range, true, false",
        "IF-MATCH, true, false",
        "Connection, false, false",
        "proxy-connection, false, false",
        "Upgrade, false, false",
        "HTTP2-Settings, false, false",
        "X-HTTP-Method-Override, false, false",
        "X-Original-URL, false, false"
    })
    void requestIsForwardedWithMoreThanSpeaksForTheCaller(String name, boolean forwarded, boolean ofTheCaller) {
        assertThat(CallerHeaders.isForwarded(name)).isEqualTo(forwarded);
        assertThat(CallerHeaders.isOfTheCaller(name)).isEqualTo(ofTheCaller);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type, true",
        "CONTENT-ENCODING, true",
        "If-Match, true",
        "If-None-Match, true",
        "Prefer, true",
        "Idempotency-Key, true",
        "Accept, true",
        "Accept-Encoding, false",
        "Content-Length, false",
        "Transfer-Encoding, false",
        "Host, false",
        "Authorization, false",
        "Connection, false",
        "X-HTTP-Method-Override, false"
    })
    void bodyAndConditionsGoWithTheClientsWrite(String name, boolean ofTheWrite) {
        assertThat(CallerHeaders.isOfTheWrite(name)).isEqualTo(ofTheWrite);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"close | close", "' X-A ,, x-b ' | X-A x-b", "',' | ''"})
    void connectionListsNames(String value, String names) {
        assertThat(String.join(" ", CallerHeaders.listed(value).toList())).isEqualTo(names);
    }
}
