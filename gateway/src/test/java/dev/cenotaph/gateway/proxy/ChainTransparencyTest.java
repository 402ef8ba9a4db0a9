package dev.cenotaph.gateway.proxy;

/** As the plugin forwards, and the proxy where a setting asks for it. */
class ChainTransparencyTest extends TransparencyTest {
    ChainTransparencyTest() {
        super("chain");
    }
}
