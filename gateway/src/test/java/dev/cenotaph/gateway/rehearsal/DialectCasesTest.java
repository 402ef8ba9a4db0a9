package dev.cenotaph.gateway.rehearsal;

import java.nio.file.Path;

/** The settings that the legacy shop has no use for. */
class DialectCasesTest extends CasesComeTrue {

    DialectCasesTest() {
        super(Path.of("src/test/resources/dev/cenotaph/gateway/rehearsal/dialects.yaml"), 15);
    }
}
