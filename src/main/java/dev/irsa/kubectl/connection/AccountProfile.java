package dev.irsa.kubectl.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The AWS profile with which a user reads an account.
 *
 * @param account twelve digits
 */
record AccountProfile(String account, String profile) {
    /** The form of the flag. Completion finds the values by it. */
    static final String FORM = "ACCOUNT-ID=PROFILE";

    /** Reads the value of the flag. */
    static final class Converter implements ITypeConverter<AccountProfile> {
        private static final Pattern VALUE = Pattern.compile("([0-9]{12})=(.+)");

        @Override
        public AccountProfile convert(String value) {
            Matcher parts = VALUE.matcher(value);
            if (!parts.matches()) {
                throw new TypeConversionException("'" + value + "' is not of the form " + FORM
                        + "; write 12 digits and a profile of your AWS configuration, as in 444455556666=analytics");
            }
            return new AccountProfile(parts.group(1), parts.group(2));
        }
    }
}
