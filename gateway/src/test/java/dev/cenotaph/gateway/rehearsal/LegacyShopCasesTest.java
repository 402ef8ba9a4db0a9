package dev.cenotaph.gateway.rehearsal;

import java.nio.file.Path;

/** The cases that users read. */
class LegacyShopCasesTest extends CasesComeTrue {

    LegacyShopCasesTest() {
        super(Path.of("../policy-config/policies/legacy-shop.yaml"), 15);
    }
}
