package dev.irsa.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** That the package of a class says {@code @NullMarked}. */
final class PackageNullMarked extends ArchCondition<JavaClass> {
    PackageNullMarked() {
        super("be in a package that is @NullMarked");
    }

    @Override
    public void check(JavaClass found, ConditionEvents events) {
        boolean marked = found.getPackage()
                .tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
        events.add(new SimpleConditionEvent(
                found, marked, found.getName() + (marked ? " is" : " is not") + " in a @NullMarked package"));
    }
}
