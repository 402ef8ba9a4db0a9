package dev.cenotaph.policy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewerJavaTest {
    private static final int CLASS_FILE_OF_JAVA_11 = 55;

    @TempDir
    private Path home;

    @Test
    void javaHomeGoesFirstWhereItIsNewEnough() throws IOException {
        Path named = jdk("named", "21.0.4");
        jdk(".jdks/other", "25.0.1");
        assertThat(NewerJava.find(Map.of("JAVA_HOME", named.toString()), home)).contains(named.resolve("bin/java"));
    }

    @Test
    void tooOldOnesAreNotTaken() throws IOException {
        Path named = jdk("named", "17.0.15");
        assertThat(NewerJava.find(Map.of("JAVA_HOME", named.toString()), home))
                .isNotEqualTo(java.util.Optional.of(named.resolve("bin/java")));
    }

    @Test
    void launcherCanBeReadByAnOlderJava() throws IOException {
        for (String name : new String[] {"Launcher", "NewerJava"}) {
            try (var bytes = new DataInputStream(getClass().getResourceAsStream(name + ".class"))) {
                bytes.readInt();
                bytes.readUnsignedShort();
                assertThat(bytes.readUnsignedShort()).as(name).isEqualTo(CLASS_FILE_OF_JAVA_11);
            }
        }
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = home.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.createFile(
                jdk.resolve("bin/java"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return jdk;
    }
}
