"""Addresses of the kernel's pages."""

from __future__ import annotations

from django.urls import path, register_converter

from bangfu.access.kernel.views import audit, jobs, parameters, regions


class RegionCodeConverter:
    """A region code in an address: 2 to 15 digits."""

    regex = "[0-9]{2,15}"

    def to_python(self, value: str) -> str:
        """The code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands."""
        return value


register_converter(RegionCodeConverter, "region")

urlpatterns = [
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/<uuid:uid>/", jobs.job_page, name="job_page"),
    path("jobs/<uuid:uid>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:uid>/cancel/", jobs.cancel_job, name="cancel_job"),
    path("audit/", audit.audit_list, name="audit_list"),
    path("audit/export/", audit.export_audit, name="export_audit"),
    path("audit/verify/", audit.verify_audit, name="verify_audit"),
    path("parameters/", parameters.parameter_list, name="parameter_list"),
    path("parameters/<slug:code>/", parameters.parameter_file, name="parameter_file"),
    path("parameters/<slug:code>/supersede/", parameters.supersede_parameter, name="supersede_parameter"),
    path("regions/", regions.region_list, name="region_list"),
    path("regions/<region:code>/", regions.region_file, name="region_file"),
    path("regions/<region:code>/add/", regions.add_region, name="add_region"),
    path("regions/<region:code>/rename/", regions.rename_region, name="rename_region"),
    path("regions/<region:code>/recode/", regions.recode_region, name="recode_region"),
    path("regions/<region:code>/merge/", regions.merge_region, name="merge_region"),
]
