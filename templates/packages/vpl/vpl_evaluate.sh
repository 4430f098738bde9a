#!/bin/bash
# "Evaluate": run once before vpl_execution, which it makes. What is printed here is shown as the compilation's.
# The course is unpacked where no submitted file can lie: VPL lets a student's file have the name of ours, and would
# count ours as the student's.
course=$(mktemp -d "$PWD/.grade-course-XXXXXXXX") &&
    base64 -d @{ archive } >"$course/course.zip" &&
    @{ venv }/bin/python -I -m zipfile -e "$course/course.zip" "$course" &&
    rm "$course/course.zip" &&
    chmod -R go-rwx "$course" ||
    course=/no/course # and never this folder, in which a student could have put one
rm -f @{ archive }
{
    cat vpl_environment.sh
    # The last word: whatever happened above, the grader says itself that it could not grade.
    echo "exec @{ venv }/bin/grade platform vpl --assignment @{ slug } --course '$course/@{ folder }'"
} >vpl_execution
chmod +x vpl_execution
